#include "container/http_response.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "container/byte_reader.h"
#include "text/ascii.h"
#include "text/message.h"

namespace limier::container {
namespace {

// The offset behind the empty line that ends a head.
std::optional<std::size_t> end_of_head(std::string_view response) {
  for (std::size_t at = response.find('\n'); at != std::string_view::npos; at = response.find('\n', at + 1)) {
    const std::string_view next = response.substr(at + 1, 2);
    if (next.starts_with('\n')) return at + 2;
    if (next == "\r\n") return at + 3;
  }
  return std::nullopt;
}

// The length that a line `1A3;extension` announces, and behind it the chunk; none where the line is no such thing.
std::optional<std::size_t> read_chunk_size(std::string_view& body) {
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), size, 16);
  if (error != std::errc()) return std::nullopt;
  const std::string_view rest = body.substr(static_cast<std::size_t>(end - body.data()));
  const std::size_t newline = rest.find('\n');
  const bool ends = newline != std::string_view::npos;
  if (!ends || (!trimmed(rest.substr(0, newline)).empty() && !trimmed(rest).starts_with(';'))) return std::nullopt;
  body = rest.substr(newline + 1);
  return size;
}

std::string without_chunks(std::string body, Message& problem) {
  std::string_view left = body;
  std::string whole;
  while (true) {
    const std::optional<std::size_t> size = read_chunk_size(left);
    if (!size && left.size() == body.size()) return body;
    if (!size || *size > left.size()) {
      problem = message("the chunks are cut off");
      return whole.append(size ? left : std::string_view());
    }
    if (*size == 0) return whole;
    whole.append(left.substr(0, *size));
    left.remove_prefix(*size);
    left.remove_prefix(std::min(left.find('\n') + 1, left.size()));
  }
}

Packing packing_of_encoding(std::string_view encoding) {
  if (encoding == "gzip" || encoding == "x-gzip") return Packing::Gzip;
  if (encoding == "deflate") return Packing::Deflate;
  if (encoding == "br") return Packing::Brotli;
  if (encoding == "zstd") return Packing::Zstd;
  return Packing::None;
}

// Deflate and Brotli have no mark: what does not unpack at all was unpacked before.
std::string unpacked(std::string body, Packing packing, std::size_t largest, Message& problem) {
  const bool has_mark = packing == Packing::Gzip || packing == Packing::Zstd;
  if (packing == Packing::None || (has_mark && packing_of(body) != packing)) return body;
  std::string whole;
  Message met;
  ByteReader reader(ByteSource::of_memory(body, packing), [&met](std::uint64_t, const Message& what) { met = what; });
  reader.read(largest, whole);
  if (!has_mark && whole.empty()) return body;
  if (!met.text.empty()) problem = met;
  return whole;
}

std::vector<std::string> list_of(std::string_view value) {
  std::vector<std::string> items;
  while (!value.empty()) {
    const std::string_view item = value.substr(0, value.find(','));
    value.remove_prefix(std::min(item.size() + 1, value.size()));
    items.push_back(ascii_lower(trimmed(item)));
  }
  return items;
}

}  // namespace

std::optional<HttpHead> read_http_head(std::string_view response) {
  if (!response.starts_with("HTTP/")) return std::nullopt;
  const std::optional<std::size_t> length = end_of_head(response);
  if (!length) return std::nullopt;
  HttpHead head;
  head.length = *length;
  response = response.substr(0, *length);
  const std::string_view line = response.substr(0, response.find('\n'));
  head.fields = HeaderFields(response.substr(line.size() + 1));
  const std::string_view code = line.substr(std::min(line.find(' ') + 1, line.size()));
  std::from_chars(code.data(), code.data() + code.size(), head.status);
  return head;
}

std::string read_http_body(const HeaderFields& fields, std::string body, std::size_t largest, Message& problem) {
  for (const std::string& coding : list_of(fields["transfer-encoding"])) {
    if (coding == "chunked") body = without_chunks(std::move(body), problem);
  }
  std::vector<std::string> encodings = list_of(fields["content-encoding"]);
  constexpr std::size_t most_encodings = 4;
  if (encodings.size() > most_encodings) encodings.resize(most_encodings);
  for (auto encoding = encodings.rbegin(); encoding != encodings.rend(); ++encoding) {
    body = unpacked(std::move(body), packing_of_encoding(*encoding), largest, problem);
  }
  if (body.size() > largest) body.resize(largest);
  return body;
}

}  // namespace limier::container
