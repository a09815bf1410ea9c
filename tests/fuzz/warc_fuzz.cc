// Any bytes as a web archive; it holds the same pages if the bytes come in small pieces.
#include <zlib.h>

#include <string>
#include <utility>
#include <vector>

#include "container/warc.h"
#include "fuzz.h"
#include "text/calendar.h"

namespace limier::container {
namespace {

void append_number(std::string& bytes, std::uint32_t number, int size) {
  for (int i = 0; i < size; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xFF);
}

// A gzip member that holds its bytes as they are (RFC 1952, RFC 1951, 3.2.4).
std::string member_of(std::string_view piece) {
  const auto length = static_cast<std::uint32_t>(piece.size());
  std::string member("\x1F\x8B\x08\0\0\0\0\0\0\xFF\x01", 11);
  append_number(member, length, 2);
  append_number(member, ~length, 2);
  member += piece;
  append_number(member, static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(piece.data()), length)), 4);
  append_number(member, length, 4);
  return member;
}

std::string in_members(std::string_view bytes, std::size_t size) {
  std::string members;
  for (std::size_t at = 0; at < bytes.size(); at += size) members += member_of(bytes.substr(at, size));
  return members;
}

struct Reading {
  std::vector<Entry> entries;
  std::vector<std::string> problems;
};

Reading read_all(ByteSource bytes) {
  Reading reading;
  const Report report = [&](std::uint64_t, const Message& message) { reading.problems.push_back(message.text); };
  const auto archive = open_warc({"a.warc", "a.warc", {std::move(bytes), report}, report});
  for (Entry entry; archive->next(entry);) reading.entries.push_back(std::move(entry));
  return reading;
}

void check_entry(const Entry& entry) {
  require(entry.kind != EntryKind::Document && !entry.place.text.empty(),
          "a web archive holds pages, all of which have a name");
  require(entry.page.size() <= largest_page, "a page is no larger than a page may be");
  const auto& values = entry.document.values;
  const auto captured = values.find("captured");
  require(captured == values.end() || day_range(captured->second), "the time of capture is one of the calendar");
}

void check_same(const Reading& whole, const Reading& pieces) {
  require(whole.problems == pieces.problems, "the same is wrong with it in pieces");
  require(whole.entries.size() == pieces.entries.size(), "there are as many pages in pieces");
  for (std::size_t i = 0; i < whole.entries.size(); ++i) {
    const Entry& one = whole.entries[i];
    const Entry& other = pieces.entries[i];
    require(one.document == other.document && one.page == other.page && one.place.text == other.place.text &&
                one.charset == other.charset && one.kind == other.kind,
            "a page is the same in pieces");
  }
}

}  // namespace
}  // namespace limier::container

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace limier;
  using namespace limier::container;
  if (size == 0) return 0;
  const std::size_t piece = data[0] % 64 + 1;
  const std::string_view bytes = text_of(data + 1, size - 1);
  const Reading whole = read_all(ByteSource::of_memory(std::string(bytes), Packing::None));
  for (const Entry& entry : whole.entries) check_entry(entry);
  check_same(whole, read_all(ByteSource::of_memory(in_members(bytes, piece), Packing::Gzip)));
  read_all(ByteSource::of_memory(std::string(bytes)));  // packed, if it looks so
  return 0;
}
