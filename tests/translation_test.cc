// What a French reader sees is French: every string of the source that is to be translated stands in po/fr.po, with
// the same places for arguments, and nothing else does.
#include <doctest/doctest.h>
#include <expat.h>
#include <simdjson.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "../po/foreign_messages.h"
#include "catalogue.h"
#include "limier/error.h"
#include "text/message.h"

namespace {

using limier::test::Catalogue;
using limier::test::Entry;
using limier::test::french;
using limier::test::read_catalogue;

const std::string source_dir = LIMIER_SOURCE_DIR;

std::string output_of(const std::string& command) {
  std::FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe))
    output.append(buffer.data(), count);
  REQUIRE(pclose(pipe) == 0);
  return output;
}

// `{0}`, `%B`: in any order, since languages differ in it; `{}` is numbered by its place.
std::set<std::string> places_in(const std::string& text) {
  static const std::regex place(R"(\{(\d*)\}|%[a-zA-Z])");
  std::set<std::string> places;
  std::size_t next = 0;
  for (auto found = std::sregex_iterator(text.begin(), text.end(), place); found != std::sregex_iterator(); ++found) {
    places.insert(found->str() == "{}" ? '{' + std::to_string(next++) + '}' : found->str());
  }
  return places;
}

Catalogue catalogue_of_source() { return read_catalogue(output_of(source_dir + "/po/extract.sh")); }

}  // namespace

TEST_CASE("translation: every string has its French") {
  const Catalogue& translated = french();
  const auto wanted = catalogue_of_source();
  CHECK(wanted.size() > 300);
  for (const auto& [english, entry] : wanted) {
    INFO(english << " (po/update.sh brings it into po/fr.po)");
    REQUIRE(translated.count(english) == 1);
    const Entry& found = translated.at(english);
    CHECK(found.source == entry.source);
    CHECK(found.translations.size() == entry.source.size());
    for (const std::string& translation : found.translations) CHECK_FALSE(translation.empty());
  }
}

TEST_CASE("translation: the French has the same places for arguments") {
  std::size_t with_places = 0;
  for (const auto& [english, entry] : french()) {
    const auto places = places_in(entry.source.back());
    if (!places.empty()) ++with_places;
    for (const std::string& translation : entry.translations) {
      INFO(english);
      CHECK(places_in(translation) == places);
    }
  }
  CHECK(with_places > 80);
  CHECK(places_in("{}: {}") == places_in("{1} {0}"));
  CHECK(places_in("{}: {}") != places_in("{}"));
}

TEST_CASE("translation: nothing is translated that is no longer said") {
  const auto wanted = catalogue_of_source();
  for (const auto& [english, entry] : french()) {
    INFO(english << " (po/update.sh removes it)");
    CHECK(wanted.count(english) == 1);
  }
}

TEST_CASE("translation: French typography") {
  static const std::regex breaking(R"( (;|!|\?|»)|« | :( |$)|')");
  for (const auto& [english, entry] : french()) {
    for (const std::string& translation : entry.translations) {
      INFO(translation << ": spaces before signs do not break, and the apostrophe is ’");
      CHECK_FALSE(std::regex_search(translation, breaking));
    }
  }
}

TEST_CASE("translation: what is passed on from other libraries is what they say") {
  std::set<std::string> said;
  for (int code = 1; code < 200; ++code) said.insert(std::generic_category().message(code));
  for (int code = 1; code < simdjson::NUM_ERROR_CODES; ++code)
    said.insert(simdjson::error_message(static_cast<simdjson::error_code>(code)));
  for (int code = 1; code < 45; ++code) {
    if (const char* text = XML_ErrorString(static_cast<XML_Error>(code))) said.insert(text);
  }
  for (const std::string_view message : limier::foreign_messages) {
    INFO(message);
    CHECK(said.count(std::string(message)) == 1);
  }
}

TEST_CASE("translation: an error carries its pattern and its arguments") {
  const limier::Message inner = limier::system_message(2);
  const limier::Error error(limier::ErrorCode::Io, limier::message("{}: cannot be opened: {}", "a{}.html", inner));
  CHECK(std::string(error.what()) == "a{}.html: cannot be opened: No such file or directory");
  CHECK(error.message().pattern == "{}: cannot be opened: {}");
  REQUIRE(error.message().arguments.size() == 2);
  CHECK(error.message().arguments[0].text == "a{}.html");
  CHECK(error.message().arguments[0].pattern.empty());
  CHECK(error.message().arguments[1].pattern == "No such file or directory");
}
