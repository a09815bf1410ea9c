#include "text/encoding.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using limier::binary_kind;
using limier::declared_charset;
using limier::DecodedText;
using limier::to_utf8;

namespace {

std::string utf16(std::string_view ascii, bool big_endian) {
  std::string bytes;
  for (const char c : ascii) bytes += big_endian ? std::string({'\0', c}) : std::string({c, '\0'});
  return bytes;
}

}  // namespace

TEST_CASE("encoding: what the bytes say comes first") {
  CHECK(to_utf8("l’été").text == "l’été");
  CHECK(to_utf8("l’été", "iso-8859-1").text == "l’été");
  CHECK(to_utf8("\xEF\xBB\xBFl’été").text == "l’été");
  CHECK(to_utf8("\xFF\xFE" + utf16("Bonjour", false)).text == "Bonjour");
  CHECK(to_utf8("\xFE\xFF" + utf16("Bonjour", true)).text == "Bonjour");
  CHECK(to_utf8(utf16("Bonjour", false)).text == "Bonjour");
  CHECK(to_utf8(utf16("Bonjour", true)).text == "Bonjour");
  CHECK(to_utf8("").text.empty());
}

TEST_CASE("encoding: charsets of old pages") {
  struct Row {
    std::string bytes;
    std::string_view declared;
    std::string_view text;
    std::string_view charset;
  };
  const Row rows[] = {
      {"l\x92\xE9t\xE9", "windows-1252", "l’été", "windows-1252"},
      {"l\x92\xE9t\xE9", "ISO-8859-1", "l’été", "windows-1252"},
      {"l\x92\xE9t\xE9", "", "l’été", "windows-1252"},
      {"l\x92\xE9t\xE9", "utf-8", "l’été", "windows-1252"},
      {"l\x92\xE9t\xE9", "inconnu", "l’été", "windows-1252"},
      {"c\xBDur", "iso-8859-15", "cœur", "iso-8859-15"},
      {"le c\xBDur \xE0 vif", "", "le cœur à vif", "iso-8859-15"},
      {"1 \xBD heure d\xE9j\xE0", "", "1 ½ heure déjà", "windows-1252"},
      {"\xCF\xF0\xE8\xE2\xE5\xF2", "windows-1251", "Привет", "windows-1251"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CAPTURE(row.declared);
    const DecodedText decoded = to_utf8(row.bytes, row.declared);
    CHECK(decoded.text == row.text);
    CHECK(decoded.charset == row.charset);
    CHECK(decoded.replaced_bytes == 0);
  }
}

TEST_CASE("encoding: broken UTF-8 is mended where it is broken, and counted") {
  const DecodedText decoded = to_utf8("été \xFF, forêt, être \xC3", "windows-1252");
  CHECK(decoded.text == "été \uFFFD, forêt, être \uFFFD");
  CHECK(decoded.replaced_bytes == 2);
  // Overlong forms, surrogates, too high: no valid UTF-8.
  CHECK(to_utf8("éèêë\xC0\x80").replaced_bytes == 2);
  CHECK(to_utf8("éèêë\xED\xA0\x80").replaced_bytes == 3);
  CHECK(to_utf8("éèêëé\xF4\x90\x80\x80").replaced_bytes == 4);
}

TEST_CASE("encoding: declared charsets") {
  CHECK(declared_charset("<meta charset=\"UTF-8\">") == "utf-8");
  CHECK(declared_charset("<META http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>") == "iso-8859-1");
  CHECK(declared_charset("<?xml version=\"1.0\" encoding=\"windows-1252\"?>") == "windows-1252");
  CHECK(declared_charset("<p>encoding</p>").empty());
  CHECK(declared_charset("").empty());
}

TEST_CASE("encoding: binary data are told from text") {
  CHECK(binary_kind("%PDF-1.4") == "a PDF file");
  CHECK(binary_kind("\x89PNG\r\n\x1A\n") == "a PNG image");
  CHECK(binary_kind(std::string_view("a\0b", 3)) == "binary data");
  CHECK(binary_kind("\x01\x02\x03\x04") == "binary data");
  CHECK(binary_kind("Le texte\tet\r\nla suite").empty());
  CHECK(binary_kind("l\x92\xE9t\xE9").empty());
  CHECK(binary_kind(utf16("Bonjour", false)).empty());
  CHECK(binary_kind("").empty());
}
