#include "text/encoding.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <boost/locale/encoding.hpp>
#include <utility>

#include "text/ascii.h"
#include "text/message.h"

namespace limier {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool is_utf8(std::string_view bytes) { return simdjson::validate_utf8(bytes.data(), bytes.size()); }

// Length of the valid UTF-8 sequence at the start of `bytes`; 0 if there is none (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
  const auto continues = [&](std::size_t i) { return (at(i) & 0xC0U) == 0x80U; };
  const unsigned lead = at(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return continues(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool overlong = lead == 0xE0 && at(1) < 0xA0;
    const bool surrogate = lead == 0xED && at(1) >= 0xA0;
    return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool overlong = lead == 0xF0 && at(1) < 0x90;
    const bool too_high = lead == 0xF4 && at(1) >= 0x90;
    return continues(1) && continues(2) && continues(3) && !overlong && !too_high ? 4 : 0;
  }
  return 0;
}

struct Utf8Census {
  std::size_t good_sequences = 0;  // of more than one byte
  std::size_t bad_bytes = 0;
};

// Copies what is valid, puts U+FFFD for what is not.
Utf8Census repair_utf8(std::string_view bytes, std::string& out) {
  Utf8Census census;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t length = sequence_length(bytes);
    if (length == 0) {
      ++census.bad_bytes;
      out += replacement;
      bytes.remove_prefix(1);
      continue;
    }
    if (length > 1) ++census.good_sequences;
    out.append(bytes.substr(0, length));
    bytes.remove_prefix(length);
  }
  return census;
}

// ISO-8859-15 has œ, Œ and Ÿ where windows-1252 has ½, ¼ and ¾: a fraction does not touch a letter, `cœur` does.
// A byte from 0x80 to 0x9F (`’`, `…`, `€`) is text in windows-1252 only.
std::string_view guess_legacy_charset(std::string_view bytes) {
  bool ligature = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte >= 0x80 && byte < 0xA0) return "windows-1252";
    const bool fraction = byte == 0xBC || byte == 0xBD;
    if (fraction && i + 1 < bytes.size() && is_ascii_letter(bytes[i + 1])) ligature = true;
  }
  return ligature ? "iso-8859-15" : "windows-1252";
}

std::string_view web_name(std::string_view charset) {
  constexpr std::array<std::string_view, 7> latin1 = {"iso-8859-1", "iso8859-1", "latin1", "latin-1",
                                                      "l1",         "us-ascii",  "ascii"};
  const bool means_1252 = std::find(latin1.begin(), latin1.end(), charset) != latin1.end();
  return means_1252 ? "windows-1252" : charset;
}

// False where the charset is not known here; what it cannot decode is left out by the converter, byte by byte.
bool convert(std::string_view bytes, const std::string& charset, DecodedText& decoded) {
  try {
    decoded.text = boost::locale::conv::to_utf<char>(bytes.data(), bytes.data() + bytes.size(), charset);
    decoded.charset = charset;
    return true;
  } catch (const boost::locale::conv::invalid_charset_error&) {
    return false;
  }
}

// UTF-16 in Latin script has a zero in every other byte: behind its letter (little endian) or before it.
std::string_view guess_utf16(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  if (head.find('\0') == std::string_view::npos) return {};
  std::array<std::size_t, 2> zeros = {0, 0};
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '\0') ++zeros[i % 2];
  }
  const std::size_t pairs = head.size() / 2;
  if (pairs < 2) return {};
  if (zeros[1] * 10 > pairs * 7 && zeros[0] * 10 < pairs) return "utf-16le";
  if (zeros[0] * 10 > pairs * 7 && zeros[1] * 10 < pairs) return "utf-16be";
  return {};
}

struct Mark {
  std::string_view bytes;
  std::string_view charset;
};

constexpr std::array<Mark, 3> byte_order_marks = {
    {{"\xEF\xBB\xBF", "utf-8"}, {"\xFF\xFE", "utf-16le"}, {"\xFE\xFF", "utf-16be"}}};

const Mark* byte_order_mark(std::string_view bytes) {
  for (const Mark& mark : byte_order_marks) {
    if (bytes.starts_with(mark.bytes)) return &mark;
  }
  return nullptr;
}

struct Magic {
  std::string_view bytes;
  std::string_view kind;
};

constexpr std::array<Magic, 15> magics = {{
    {"%PDF-", translatable("a PDF file")},
    {"\x89PNG", translatable("a PNG image")},
    {"\xFF\xD8\xFF", translatable("a JPEG image")},
    {"GIF8", translatable("a GIF image")},
    {"PK\x03\x04", translatable("a ZIP archive (or an office document)")},
    {"\x7F"
     "ELF",
     translatable("a program")},
    {"BZh", translatable("a bzip2 file")},
    {"\xFD"
     "7zXZ",
     translatable("an xz file")},
    {"7z\xBC\xAF", translatable("a 7-Zip archive")},
    {"Rar!", translatable("a RAR archive")},
    {"ZIM\x04", translatable("a ZIM archive")},
    {"SQLite format 3", translatable("an SQLite database")},
    {"\xD0\xCF\x11\xE0", translatable("an old office document")},
    {"\x1F\x8B", translatable("a gzip file inside a compressed file")},
    {"\x28\xB5\x2F\xFD", translatable("a zstd file inside a compressed file")},
}};

// Control characters but for white space and escape.
constexpr auto unusual_controls = [] {
  std::array<bool, 256> unusual{};
  std::fill_n(unusual.begin(), 0x20, true);
  for (const char usual : {'\t', '\n', '\r', '\f', '\x1B'}) unusual[static_cast<unsigned char>(usual)] = false;
  return unusual;
}();

std::string value_after(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '=' || text[at] == '"' || text[at] == '\'')) ++at;
  std::size_t end = at;
  const auto belongs = [](char c) {
    return is_ascii_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':';
  };
  while (end < text.size() && belongs(text[end])) ++end;
  return std::string(text.substr(at, end - at));
}

}  // namespace

Message replaced_message(std::size_t bytes) {
  return bytes == 1 ? message("1 byte is not UTF-8; U+FFFD stands for it")
                    : message("{} bytes are not UTF-8; U+FFFD stands for them", bytes);
}

std::string_view binary_kind(std::string_view bytes) {
  constexpr std::size_t enough = 8192;
  const std::string_view head = bytes.substr(0, enough);
  for (const Magic& magic : magics) {
    if (head.starts_with(magic.bytes)) return magic.kind;
  }
  if (byte_order_mark(head) != nullptr || !guess_utf16(head).empty()) return {};
  std::size_t controls = 0;
  for (const char c : head) controls += unusual_controls[static_cast<unsigned char>(c)] ? 1U : 0U;
  const bool has_zero = head.find('\0') != std::string_view::npos;
  return has_zero || controls * 20 > head.size() ? translatable("binary data") : std::string_view();
}

std::string declared_charset(std::string_view page) {
  const std::string head = ascii_lower(page.substr(0, 4096));
  const bool xml = head.starts_with("<?xml");
  for (const std::string_view key : {"charset", "encoding"}) {
    if (key == "encoding" && !xml) continue;
    const std::size_t at = head.find(key);
    if (at != std::string::npos) return value_after(head, at + key.size());
  }
  return {};
}

DecodedText to_utf8(std::string bytes, std::string_view declared) {
  DecodedText decoded;
  decoded.charset = "utf-8";
  if (const Mark* mark = byte_order_mark(bytes)) {
    bytes.erase(0, mark->bytes.size());
    if (mark->charset != "utf-8" && convert(bytes, std::string(mark->charset), decoded)) return decoded;
  } else if (const std::string_view utf16 = guess_utf16(bytes); !utf16.empty()) {
    if (convert(bytes, std::string(utf16), decoded)) return decoded;
  }
  if (is_utf8(bytes)) {
    decoded.text = std::move(bytes);
    return decoded;
  }
  std::string repaired;
  const Utf8Census census = repair_utf8(bytes, repaired);
  if (census.good_sequences > 0 && census.good_sequences >= census.bad_bytes) {
    decoded.text = std::move(repaired);
    decoded.replaced_bytes = census.bad_bytes;
    return decoded;
  }
  const std::string lower = ascii_lower(declared);
  const std::string charset(web_name(lower));
  // A page that declares UTF-8 and is not says nothing; nor does one that declares UTF-16 in ASCII letters.
  const bool says_something = !charset.empty() && !charset.starts_with("utf");
  if (!says_something || !convert(bytes, charset, decoded)) {
    convert(bytes, std::string(guess_legacy_charset(bytes)), decoded);
  }
  return decoded;
}

}  // namespace limier
