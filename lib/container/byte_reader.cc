#include "container/byte_reader.h"

#include <algorithm>
#include <utility>

namespace limier::container {
namespace {

constexpr std::size_t chunk = 64 * 1024;

}  // namespace

ByteReader::ByteReader(ByteSource source, Report report) : source_(std::move(source)), report_(std::move(report)) {}

// Adds to what is ahead; false at the end.
bool ByteReader::fill() {
  buffer_.erase(0, std::exchange(taken_, 0));
  if (!chunk_) chunk_ = std::make_unique_for_overwrite<char[]>(chunk);
  const std::size_t count = source_.read(chunk_.get(), chunk);
  buffer_.append(chunk_.get(), count);
  if (count == 0 && !problem_reported_ && !problem().text.empty()) {
    problem_reported_ = true;
    report_(0, problem());
  }
  return count > 0;
}

void ByteReader::take(std::size_t count) {
  taken_ += count;
  position_ += count;
}

std::string_view ByteReader::peek(std::size_t size) {
  while (ahead().size() < size && fill()) {
  }
  return ahead();
}

ByteReader::Until ByteReader::read_until(std::string_view mark, std::size_t longest, std::string& piece) {
  piece.clear();
  bool too_long = false;
  const auto keep = [&](std::size_t count) {
    too_long = too_long || count > longest - piece.size();
    if (too_long) {
      piece = std::string();
    } else {
      piece.append(ahead().substr(0, count));
    }
    take(count);
  };
  while (true) {
    const std::size_t found = ahead().find(mark);
    if (found != std::string_view::npos) {
      keep(found);
      take(mark.size());
      return too_long ? Until::TooLong : Until::Mark;
    }
    // The mark may have begun at the end of what is here.
    keep(ahead().size() - std::min(ahead().size(), mark.size() - 1));
    if (fill()) continue;
    keep(ahead().size());
    return too_long ? Until::TooLong : Until::End;
  }
}

std::size_t ByteReader::read(std::size_t size, std::string& bytes) {
  std::size_t left = size;
  while (left > 0 && (!ahead().empty() || fill())) {
    const std::size_t count = std::min(left, ahead().size());
    bytes.append(ahead().substr(0, count));
    take(count);
    left -= count;
  }
  return size - left;
}

std::uint64_t ByteReader::skip(std::uint64_t size) {
  std::uint64_t left = size;
  while (left > 0 && (!ahead().empty() || fill())) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left, ahead().size()));
    take(count);
    left -= count;
  }
  return size - left;
}

bool ByteReader::resume() {
  if (!source_.resume()) return false;
  take(ahead().size());
  problem_reported_ = false;
  return true;
}

}  // namespace limier::container
