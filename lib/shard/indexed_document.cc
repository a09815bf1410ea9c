#include "shard/indexed_document.h"

#include <fmt/format.h>

#include <charconv>

#include "limier/error.h"
#include "text/message.h"

namespace limier {

std::string print_lengths(const DocumentLengths& lengths) {
  return fmt::format("{:08x}{:08x}", lengths.text, lengths.title);
}

DocumentLengths parse_lengths(const std::string& value) {
  std::uint64_t both = 0;
  const char* const end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, both, 16);
  if (value.size() != 16 || stop != end || error != std::errc())
    throw Error(ErrorCode::Corrupt, message("a document of the index lacks its length"));
  return {static_cast<std::uint32_t>(both >> 32), static_cast<std::uint32_t>(both)};
}

}  // namespace limier
