#include "sealed/spill.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "limier/error.h"
#include "sealed/least_terms.h"
#include "sealed/segment_file.h"
#include "text/message.h"

namespace limier::sealed {
namespace {

constexpr std::size_t read_size = 256 << 10;

}  // namespace

Spill::~Spill() {
  if (file_ >= 0) close(file_);
}

void Spill::end_part() {
  flush();
  if (ends_.empty() ? written_ > 0 : written_ > ends_.back()) ends_.push_back(written_);
}

void Spill::refuse(int error) const { throw Error(ErrorCode::Io, message("{}: {}", path_, system_message(error))); }

void Spill::flush() {
  if (file_ < 0 && !buffer_.empty()) {
    file_ = open(path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file_ < 0) refuse(errno);
    unlink(path_.c_str());
  }
  write_whole(file_, buffer_, path_);
  written_ += buffer_.size();
  buffer_.clear();
}

void Spill::read(std::uint64_t offset, char* bytes, std::size_t size) const {
  while (size > 0) {
    const ssize_t done = pread(file_, bytes, size, static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) refuse(done < 0 ? errno : EIO);
    bytes += done;
    size -= static_cast<std::size_t>(done);
    offset += static_cast<std::uint64_t>(done);
  }
}

void Spill::Cursor::Part::next() {
  at_end_ = used_ == read_.size() && at_ == end_;
  if (at_end_) return;
  Sizes sizes{};
  std::memcpy(sizes.data(), take(sizeof sizes).data(), sizeof sizes);
  const std::string_view both = take(std::size_t{sizes[0]} + sizes[1]);
  term_ = both.substr(0, sizes[0]);
  record_ = both.substr(sizes[0]);
}

/// The next bytes, read with what follows them.
std::string_view Spill::Cursor::Part::take(std::size_t size) {
  if (read_.size() - used_ < size) {
    read_.erase(0, used_);
    used_ = 0;
    const std::size_t before = read_.size();
    const std::size_t more = std::min<std::uint64_t>(std::max(size - before, read_size), end_ - at_);
    read_.resize(before + more);
    spill_->read(at_, read_.data() + before, more);
    at_ += more;
  }
  used_ += size;
  return {read_.data() + used_ - size, size};
}

Spill::Cursor::Cursor(const Spill& spill) {
  std::uint64_t begin = 0;
  for (const std::uint64_t end : spill.ends_) {
    parts_.emplace_back(spill, begin, end);
    begin = end;
  }
  for (Part& part : parts_) part.next();
  find_least(parts_, having_);
}

void Spill::Cursor::next() {
  for (const std::uint32_t part : having_) parts_[part].next();
  find_least(parts_, having_);
}

}  // namespace limier::sealed
