#include "text/mojibake.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/ascii.h"
#include "text/utf8.h"

namespace limier {
namespace {

// The characters of the bytes 0x80 to 0x9F in windows-1252; 0 where it has none
// (https://encoding.spec.whatwg.org/index-windows-1252.txt).
constexpr std::array<char32_t, 32> windows_1252 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                   0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

constexpr int no_byte = -1;

// The byte that was taken for this character; the control characters 0x80 to 0x9F are what ISO-8859-1 makes of them.
int byte_of(char32_t character) {
  if (character < 0x80) return no_byte;
  if (character <= 0xFF) return static_cast<int>(character);
  for (std::size_t i = 0; i < windows_1252.size(); ++i) {
    if (windows_1252[i] == character) return static_cast<int>(0x80 + i);
  }
  return no_byte;
}

bool is_letter(char32_t character) {
  if (character < 0x80) return is_ascii_letter(static_cast<char>(character));
  return character >= 0xC0 && character < 0x250 && character != 0xD7 && character != 0xF7;
}

// Of the characters that French pages hold: Latin letters and signs, punctuation, currencies, arrows, emoji.
bool is_plausible(char32_t character) {
  return (character >= 0x80 && character < 0x180) || character == 0x2C6 || character == 0x2DC ||
         (character >= 0x2000 && character < 0x2300) || character == 0xFEFF || character == 0xFFFD ||
         (character >= 0x1F000 && character < 0x20000);
}

// May stand behind a capital Ã or Â in a text that is right: a space, a quote, a dash.
bool may_follow_letter(char32_t character) {
  return character == 0xA0 || character == 0xAB || character == 0xBB || (character >= 0x2010 && character < 0x203B) ||
         character == 0x2DC;
}

/// Characters that are the bytes of one.
struct Sequence {
  char32_t character = 0;
  std::size_t length = 0;  // of its characters, in bytes of the text; 0 where there is none
  bool unlikely = false;   // No text that is right has these characters in this order.
};

std::size_t bytes_announced(int lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

Sequence sequence_at(std::string_view text, std::size_t at) {
  std::array<char, 4> bytes{};
  const auto first = decode_utf8(text, at);
  const int lead = byte_of(first.value);
  const std::size_t count = bytes_announced(lead);
  if (count == 0) return {};
  bytes[0] = static_cast<char>(lead);
  std::size_t end = at + first.length;
  Sequence sequence;
  for (std::size_t i = 1; i < count; ++i) {
    if (end >= text.size()) return {};
    const auto next = decode_utf8(text, end);
    const int byte = byte_of(next.value);
    if (byte < 0x80 || byte > 0xBF) return {};
    bytes[i] = static_cast<char>(byte);
    end += next.length;
    if (i == 1) sequence.unlikely = !may_follow_letter(next.value);
  }
  const auto decoded = decode_utf8({bytes.data(), count}, 0);
  if (decoded.length != count || !is_plausible(decoded.value)) return {};
  if (decoded.value < 0xA0) sequence.unlikely = false;  // a control character
  sequence.character = decoded.value;
  sequence.length = end - at;
  return sequence;
}

bool letter_before(std::string_view text, std::size_t at) {
  return at > 0 && is_letter(decode_utf8_before(text, at).value);
}

bool letter_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_letter(decode_utf8(text, at).value);
}

// All characters that begin a sequence, Â to ô, have this byte first in UTF-8.
constexpr char lead_byte = '\xC3';

bool is_double_encoded(std::string_view text) {
  constexpr std::size_t most_right_letters = 20;  // to each sequence
  std::size_t wrong = 0, right = 0;
  for (std::size_t at = text.find(lead_byte); at != std::string_view::npos; at = text.find(lead_byte, at)) {
    const auto sequence = sequence_at(text, at);
    const std::size_t end = at + sequence.length;
    if (sequence.unlikely && sequence.length > 0 && (letter_before(text, at) || letter_at(text, end))) {
      ++wrong;
    } else if (sequence.length == 0) {
      ++right;
    }
    at = sequence.length > 0 ? end : at + 2;
  }
  return wrong * most_right_letters > right;
}

// Where a page was cleaned of no-break spaces, `Ã` and a plain space are left of `à`.
std::size_t length_of_bare_a(std::string_view text, std::size_t at) {
  const auto rest = text.substr(at);
  if (!rest.starts_with("Ã ")) return 0;
  const auto behind = rest.substr(3);
  const bool own_space = !behind.empty() && (behind[0] == ' ' || behind[0] == ',' || behind[0] == '.');
  return own_space ? 3 : 2;
}

std::string decoded_once(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  std::size_t done = 0;
  for (std::size_t at = text.find(lead_byte); at != std::string_view::npos; at = text.find(lead_byte, at)) {
    auto sequence = sequence_at(text, at);
    if (const std::size_t bare = length_of_bare_a(text, at); bare > 0) sequence = {U'à', bare, false};
    if (sequence.length == 0) {
      at += 2;
      continue;
    }
    decoded.append(text.substr(done, at - done));
    append_utf8(decoded, sequence.character);
    done = at += sequence.length;
  }
  decoded.append(text.substr(done));
  return decoded;
}

}  // namespace

void repair_double_encoding(std::string& text) {
  constexpr int most_times = 3;
  for (int times = 0; times < most_times && is_double_encoded(text); ++times) text = decoded_once(text);
}

}  // namespace limier
