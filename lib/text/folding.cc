#include "text/folding.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <new>

#include "text/utf8.h"

namespace limier {
namespace {

using icu::Normalizer2;

// The normalizers are singletons of ICU: only memory can be short.
const Normalizer2& checked(const Normalizer2* normalizer, UErrorCode status) {
  if (U_FAILURE(status)) throw std::bad_alloc();
  return *normalizer;
}

const Normalizer2& nfc() {
  UErrorCode status = U_ZERO_ERROR;
  const auto* instance = Normalizer2::getNFCInstance(status);
  return checked(instance, status);
}

const Normalizer2& nfd() {
  UErrorCode status = U_ZERO_ERROR;
  const auto* instance = Normalizer2::getNFDInstance(status);
  return checked(instance, status);
}

const Normalizer2& nfkc_casefold() {
  UErrorCode status = U_ZERO_ERROR;
  const auto* instance = Normalizer2::getNFKCCasefoldInstance(status);
  return checked(instance, status);
}

bool is_combining_accent(UChar32 c) { return c >= 0x0300 && c <= 0x036F; }

bool has_accents(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  const auto script = uscript_getScript(c, &status);
  return script == USCRIPT_LATIN || script == USCRIPT_GREEK;
}

/// Letters that French readers replace and Unicode does not decompose.
std::string_view replacement_of_case(UChar32 c) {
  switch (c) {
    case 0x152:
    case 0x153:
      return "oe";
    case 0xC6:
    case 0xE6:
      return "ae";
    case 0x1E2:
    case 0x1E3:
      return "aē";
    case 0x1FC:
    case 0x1FD:
      return "aé";
    case 0x149:
      return "n";  // ŉ, whose compatibility form has an apostrophe
    default:
      return {};
  }
}

/// Latin letters with a stroke or of another shape; as ICU's transliterator Latin-ASCII has them.
std::string_view replacement_of_accents(UChar32 c) {
  switch (c) {
    case 0xF0:
    case 0x111:
      return "d";
    case 0xF8:
      return "o";
    case 0xFE:
      return "th";
    case 0x127:
      return "h";
    case 0x131:
      return "i";
    case 0x138:
      return "q";
    case 0x142:
      return "l";
    case 0x14B:
      return "n";
    case 0x167:
      return "t";
    default:
      return {};
  }
}

icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

icu::UnicodeString case_folding(UChar32 c) {
  if (const auto replacement = replacement_of_case(c); !replacement.empty()) return from_utf8(replacement);
  UErrorCode status = U_ZERO_ERROR;
  auto folded = nfkc_casefold().normalize(icu::UnicodeString(c), status);
  for (std::int32_t at = 0; at < folded.length();) {
    // U+FDFA is a whole phrase with its spaces.
    if (u_isUWhiteSpace(folded.char32At(at))) {
      folded.remove(at, 1);
    } else {
      at = folded.moveIndex32(at, 1);
    }
  }
  return folded;
}

icu::UnicodeString accent_folding(UChar32 c) {
  if (is_combining_accent(c)) return {};
  if (!has_accents(c)) return c;
  if (const auto replacement = replacement_of_accents(c); !replacement.empty()) return from_utf8(replacement);
  icu::UnicodeString decomposition;
  if (!nfd().getDecomposition(c, decomposition)) return c;
  icu::UnicodeString folded;
  for (std::int32_t at = 0; at < decomposition.length(); at = decomposition.moveIndex32(at, 1)) {
    folded.append(accent_folding(decomposition.char32At(at)));  // ǿ holds ø
  }
  return folded;
}

std::string_view to_utf8(const icu::UnicodeString& text, FoldingBuffer& buffer) {
  icu::CheckedArrayByteSink sink(buffer.bytes, sizeof buffer.bytes);
  text.toUTF8(sink);
  return {buffer.bytes, static_cast<std::size_t>(sink.NumberOfBytesWritten())};
}

/// The foldings of Latin letters, asked from ICU once.
class FoldingTable {
 public:
  static constexpr char32_t limit = 0x250;  // the end of Latin Extended-B

  explicit FoldingTable(icu::UnicodeString (*folding)(UChar32)) {
    for (char32_t c = 0; c < limit; ++c) {
      FoldingBuffer buffer;
      const auto folded = to_utf8(folding(static_cast<UChar32>(c)), buffer);
      auto& entry = entries_[c];
      entry.size = static_cast<std::uint8_t>(folded.size());
      std::memcpy(entry.bytes, folded.data(), folded.size());
    }
  }

  std::string_view operator[](char32_t c) const { return {entries_[c].bytes, entries_[c].size}; }

 private:
  struct Entry {
    char bytes[7];  // the longest are fractions: ½ is three code points, 5 bytes
    std::uint8_t size;
  };
  std::array<Entry, limit> entries_;
};

}  // namespace

std::string_view fold_case(char32_t code_point, FoldingBuffer& buffer) {
  static const FoldingTable table(case_folding);
  if (code_point < FoldingTable::limit) return table[code_point];
  return to_utf8(case_folding(static_cast<UChar32>(code_point)), buffer);
}

std::string_view fold_accents(char32_t code_point, FoldingBuffer& buffer) {
  static const FoldingTable table(accent_folding);
  if (code_point < FoldingTable::limit) return table[code_point];
  return to_utf8(accent_folding(static_cast<UChar32>(code_point)), buffer);
}

std::string to_nfc(std::string_view text) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  nfc().normalizeUTF8(0, {text.data(), static_cast<std::int32_t>(text.size())}, sink, nullptr, status);
  if (U_FAILURE(status)) throw std::bad_alloc();
  return out;
}

std::string fold(std::string_view text) {
  std::string lower;
  FoldingBuffer buffer;
  for (std::size_t at = 0; at < text.size();) {
    const auto [value, length] = decode_utf8(text, at);
    lower += u_isUWhiteSpace(static_cast<UChar32>(value)) ? text.substr(at, length) : fold_case(value, buffer);
    at += length;
  }
  lower = to_nfc(lower);
  std::string folded;
  for (std::size_t at = 0; at < lower.size();) {
    const auto [value, length] = decode_utf8(lower, at);
    folded += fold_accents(value, buffer);
    at += length;
  }
  return folded;
}

std::string capitalised(std::string_view text) {
  if (text.empty()) return {};
  const auto [value, length] = decode_utf8(text, 0);
  std::string result;
  append_utf8(result, static_cast<char32_t>(u_totitle(static_cast<UChar32>(value))));
  return result.append(text.substr(length));
}

}  // namespace limier
