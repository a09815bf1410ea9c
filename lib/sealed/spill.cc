#include "sealed/spill.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "limier/error.h"
#include "text/message.h"

namespace limier::sealed {
namespace {

constexpr std::size_t write_size = 1 << 20, read_size = 256 << 10;

/// Before each term: its size, and that of its record.
using Sizes = std::array<std::uint32_t, 2>;

}  // namespace

Spill::~Spill() {
  if (file_ >= 0) close(file_);
}

void Spill::add(std::string_view term, std::string_view record) {
  const Sizes sizes{static_cast<std::uint32_t>(term.size()), static_cast<std::uint32_t>(record.size())};
  buffer_.append(reinterpret_cast<const char*>(sizes.data()), sizeof sizes).append(term).append(record);
  if (buffer_.size() >= write_size) flush();
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
  for (std::string_view left = buffer_; !left.empty();) {
    const ssize_t done = write(file_, left.data(), left.size());
    if (done < 0 && errno != EINTR) refuse(errno);
    if (done > 0) left.remove_prefix(static_cast<std::size_t>(done));
  }
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

Spill::Cursor::Cursor(const Spill& spill) : spill_(spill) {
  std::uint64_t begin = 0;
  for (const std::uint64_t end : spill.ends_) {
    parts_.push_back({begin, end, {}, 0, {}, {}, false});
    begin = end;
  }
  for (Part& part : parts_) move_on(part);
  find();
}

void Spill::Cursor::move_on(Part& part) {
  if (part.used == part.read.size() && part.at == part.end) {
    part.at_end = true;
    return;
  }
  Sizes sizes{};
  std::memcpy(sizes.data(), take(part, sizeof sizes).data(), sizeof sizes);
  const std::string_view both = take(part, std::size_t{sizes[0]} + sizes[1]);
  part.term = both.substr(0, sizes[0]);
  part.record = both.substr(sizes[0]);
}

/// The next bytes, read with what follows them.
std::string_view Spill::Cursor::take(Part& part, std::size_t size) {
  if (part.read.size() - part.used < size) {
    part.read.erase(0, part.used);
    part.used = 0;
    const std::size_t before = part.read.size();
    const std::size_t more = std::min<std::uint64_t>(std::max(size - before, read_size), part.end - part.at);
    part.read.resize(before + more);
    spill_.read(part.at, part.read.data() + before, more);
    part.at += more;
  }
  part.used += size;
  return {part.read.data() + part.used - size, size};
}

void Spill::Cursor::find() {
  having_.clear();
  for (std::size_t place = 0; place < parts_.size(); ++place) {
    if (parts_[place].at_end) continue;
    const int order = having_.empty() ? 0 : parts_[place].term.compare(term());
    if (order < 0) having_.clear();
    if (order <= 0) having_.push_back(place);
  }
}

void Spill::Cursor::next() {
  for (const std::size_t place : having_) move_on(parts_[place]);
  find();
}

}  // namespace limier::sealed
