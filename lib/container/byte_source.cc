#include "container/byte_source.h"

#include <algorithm>
#include <utility>

#include "text/message.h"

namespace limier::container {
namespace {

constexpr std::string_view gzip_mark = "\x1F\x8B\x08";

Packing look_at(RawBytes& raw) { return raw.fill() ? packing_of(raw.window()) : Packing::None; }

}  // namespace

ByteSource::ByteSource(std::unique_ptr<RawBytes> raw, Packing packing)
    : raw_(std::move(raw)), packing_(packing), unpacker_(make_unpacker(packing)), problem_(raw_->problem()) {}

ByteSource::ByteSource(const std::string& path) : ByteSource(open_file(path), Packing::None) {
  packing_ = look_at(*raw_);
  unpacker_ = make_unpacker(packing_);
  problem_ = raw_->problem();
}

ByteSource ByteSource::of_memory(std::string bytes) {
  const Packing packing = packing_of(bytes);
  return of_memory(std::move(bytes), packing);
}

ByteSource ByteSource::of_memory(std::string bytes, Packing packing) {
  return {open_memory(std::move(bytes)), packing};
}

std::size_t ByteSource::read(char* buffer, std::size_t size) {
  if (!problem_.text.empty() || size == 0) return 0;
  const std::size_t count = unpacker_ ? unpack(buffer, size) : copy(buffer, size);
  if (problem_.text.empty()) problem_ = raw_->problem();
  return count;
}

std::size_t ByteSource::copy(char* buffer, std::size_t size) {
  if (!raw_->fill()) return 0;
  const std::size_t count = std::min(size, raw_->window().size());
  std::copy_n(raw_->window().data(), count, buffer);
  raw_->skip(count);
  return count;
}

std::size_t ByteSource::unpack(char* buffer, std::size_t size) {
  char* out = buffer;
  std::size_t room = size;
  while (room == size) {
    const bool more = raw_->fill();
    if (!inside_stream_) {
      if (!more || !unpacker_->begin(raw_->window())) return 0;
      inside_stream_ = true;
    }
    std::string_view in = more ? raw_->window() : std::string_view();
    const Unpacker::Step step = unpacker_->step(in, out, room);
    raw_->skip(raw_->window().size() - in.size());
    if (step == Unpacker::Step::End) inside_stream_ = false;
    damaged_ = step == Unpacker::Step::Damaged;
    if (damaged_) {
      problem_ = message("the {} data are damaged", name_of(packing_));
      break;
    }
    if (!more && inside_stream_ && room == size) {
      if (raw_->problem().text.empty()) problem_ = message("the {} data are cut off", name_of(packing_));
      return 0;
    }
  }
  return size - room;
}

bool ByteSource::resume() {
  if (!damaged_ || packing_ != Packing::Gzip) return false;
  while (raw_->fill()) {
    const std::string_view window = raw_->window();
    const std::size_t found = window.find(gzip_mark);
    // A mark that two windows share is missed; the next member is found then.
    raw_->skip(std::min(found, window.size()));
    if (found == std::string_view::npos) continue;
    inside_stream_ = false;
    damaged_ = false;
    problem_ = {};
    return true;
  }
  return false;
}

}  // namespace limier::container
