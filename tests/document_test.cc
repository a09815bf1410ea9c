#include <doctest/doctest.h>
#include <limier/document.h>
#include <limier/error.h>

#include <nlohmann/json.hpp>
#include <random>
#include <string>

using limier::Document;
using limier::document_from_json;
using limier::Error;
using limier::to_json;

TEST_CASE("document: the keys stand in the order of the struct, empty ones are left out") {
  Document document;
  CHECK(to_json(document) == "{}");
  document.values = {{"lectures", "964"}};
  document.title = "Été";
  document.id = "a";
  document.tags = {"Mali", "Russie"};
  CHECK(to_json(document) == R"({"id":"a","title":"Été","tags":["Mali","Russie"],"values":{"lectures":"964"}})");
}

TEST_CASE("document: what was written is read again") {
  Document document{"id",
                    "titre \"cité\"",
                    "un\ndeux\t\\",
                    {"A", "B"},
                    "2022-11-23T08:00+01:00",
                    "site",
                    {"Économie"},
                    {"Mali"},
                    "AFP",
                    "https://exemple.fr/?a=1&b=2",
                    "fr",
                    {{"lectures", "964"}, {"é", "\u202f"}}};
  CHECK(document_from_json(to_json(document)) == document);
}

TEST_CASE("document: any text comes back") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed ", seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (unsigned i = 0; i < random() % 20; ++i) {
      static const std::string characters[] = {"\x01", "\n",     "\"",     "\\", "/", "é",
                                               "’",    "\u00a0", "\u202f", "😀",  "a", "\x7F"};
      text += characters[random() % std::size(characters)];
    }
    Document document;
    document.title = document.body = text;
    document.tags = {"x" + text};
    document.values["clé" + text] = text;
    CHECK(document_from_json(to_json(document)) == document);
  }
}

TEST_CASE("document: bytes that are not UTF-8 become U+FFFD") {
  Document document;
  document.title =
      "a\xFF"
      "b\xC3";
  CHECK(document_from_json(to_json(document)).title ==
        "a\uFFFD"
        "b\uFFFD");
}

TEST_CASE("document: other keys, plain strings and numbers") {
  const Document document = document_from_json(
      R"({"id": 81, "title": "T", "text": "B", "author": "A", "category": "Monde", "tags": ["x", 5, null, ""], "date": 2022,)"
      R"( "note": 4.5, "ok": true, "none": null, "list": [1], "values": {"lectures": 964}})");
  CHECK(document.id == "81");
  CHECK(document.body == "B");
  CHECK(document.authors == std::vector<std::string>{"A"});
  CHECK(document.sections == std::vector<std::string>{"Monde"});
  CHECK(document.tags == std::vector<std::string>{"x", "5"});
  CHECK(document.date == "2022");
  CHECK(document.values == std::map<std::string, std::string>{{"note", "4.5"}, {"ok", "true"}, {"lectures", "964"}});
}

TEST_CASE("document: what is not one JSON object is refused") {
  for (const char* json :
       {"", " ", "[]", "\"a\"", "5", "{", "{\"a\":1", "{} {}", "{'a':1}", "{\"a\":\"\xFF\"}", "null"}) {
    CAPTURE(json);
    CHECK_THROWS_AS(document_from_json(json), Error);
  }
}

TEST_CASE("document: every byte of ASCII is escaped as another writer does, wherever it stands") {
  for (std::size_t place = 0; place < 20; ++place) {
    for (char byte = 0; byte >= 0 && byte < 0x7F; ++byte) {
      Document document;
      document.body = "éa plain text, é é!!";
      document.body[place] = byte;
      const nlohmann::ordered_json expected = {{"body", document.body}};
      REQUIRE(to_json(document) == expected.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    }
  }
}

TEST_CASE("document: JSON is what another writer makes of it") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  const std::vector<std::string> pieces = {"a",    "é",  "\xC3", "\xE2\x82", "\xED\xA0\x80", "\xF0\x9F\x90\x95",
                                           "\xFF", "\"", "\\",   "/"};
  const auto some_text = [&] {
    std::string text;
    for (auto n = random() % 12; n > 0; --n)
      text += random() % 3 == 0 ? std::string(1, static_cast<char>(random() % 0x80)) : pieces[random() % pieces.size()];
    return text;
  };
  for (int i = 0; i < 2000; ++i) {
    Document document;
    document.id = some_text();
    document.body = some_text();
    document.authors = {some_text(), some_text()};
    document.values = {{some_text(), some_text()}, {"z", some_text()}};
    nlohmann::ordered_json expected = nlohmann::ordered_json::object();
    if (!document.id.empty()) expected["id"] = document.id;
    if (!document.body.empty()) expected["body"] = document.body;
    expected["authors"] = document.authors;
    expected["values"] = document.values;
    REQUIRE(to_json(document) == expected.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  }
}
