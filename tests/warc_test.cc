#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "reading.h"
#include "warc_records.h"

using limier::Document;
using limier::test::gzip;
using limier::test::http;
using limier::test::page_of;
using limier::test::read_bytes;
using limier::test::Reading;
using limier::test::record;
using limier::test::response;
using limier::test::zstd;

namespace {

const std::string dam = "Le barrage a ouvert ses vannes dans la nuit de lundi à mardi, après trois semaines de pluies.";
const std::string market = "Le marché de Ségou a rouvert ses portes jeudi, et les marchandes de tissu y sont revenues.";

std::string two_pages() {
  return record("warcinfo", "", "application/warc-fields", "software: test\r\n") +
         response("https://exemple.ml/barrage", http("text/html; charset=utf-8", page_of("Le barrage", dam))) +
         record("request", "https://exemple.ml/barrage", "application/http; msgtype=request",
                "GET / HTTP/1.1\r\n\r\n") +
         response("https://exemple.ml/marche", http("text/html", page_of("Le marché", market)));
}

bool says(const Reading& reading, const std::string& what) {
  for (const limier::ReadProblem& problem : reading.problems) {
    if (problem.message.text.find(what) != std::string::npos) return true;
  }
  return false;
}

std::string packed_members(const std::vector<std::string>& records) {
  std::string bytes;
  for (const std::string& each : records) bytes += gzip(each);
  return bytes;
}

}  // namespace

TEST_CASE("warc: pages with address and time of capture, plain and packed, told by content") {
  const std::string unix_lines = [] {
    std::string text = two_pages();
    std::erase(text, '\r');
    return text;
  }();
  CHECK(unix_lines.size() < two_pages().size());
  for (const auto& [name, bytes] : {std::pair<std::string, std::string>{"a.warc", two_pages()},
                                    {"a.warc.gz", packed_members({two_pages(), ""})},
                                    {"a.warc.zst", zstd(two_pages())},
                                    {"a.bin", two_pages()}}) {
    CAPTURE(name);
    const Reading reading = read_bytes(name, bytes);
    CHECK(reading.problems.empty());
    REQUIRE(reading.documents.size() == 2);
    const Document& first = reading.documents[0];
    CHECK(first.id == "https://exemple.ml/barrage#20240312081500");
    CHECK(first.url == "https://exemple.ml/barrage");
    CHECK(first.title == "Le barrage");
    CHECK(first.body == dam);
    CHECK(first.date.empty());
    CHECK(first.values.at("captured") == "2024-03-12T08:15:00Z");
    CHECK(reading.documents[1].title == "Le marché");
  }
}

TEST_CASE("warc: dates count from the time of capture") {
  const std::string page =
      "<html><body><h1>Le barrage</h1><p>Publié il y a 3 jours</p><p>" + dam + "</p></body></html>";
  const Reading reading =
      read_bytes("a.warc", response("https://exemple.ml/a", http("text/html; charset=utf-8", page)));
  REQUIRE(reading.documents.size() == 1);
  CHECK(reading.documents[0].date == "2024-03-09");
  const Reading alone = read_bytes("a.html", page);
  REQUIRE(alone.documents.size() == 1);
  CHECK(alone.documents[0].date.empty());
}

TEST_CASE("warc: which records are pages") {
  const std::string page = page_of("Le barrage", dam);
  const std::string url = "https://exemple.ml/a";
  const auto status = [&](const std::string& line) {
    return response(url, line + "\r\nContent-Type: text/html\r\n\r\n" + page);
  };
  struct Row {
    std::string name, bytes;
    std::size_t documents;
  };
  const std::vector<Row> rows = {
      {"200", status("HTTP/1.1 200 OK"), 1},
      {"HTTP/2", status("HTTP/2 200"), 1},
      {"404", status("HTTP/1.1 404 Not Found"), 0},
      {"301", status("HTTP/1.1 301 Moved"), 0},
      {"206", status("HTTP/1.1 206 Partial Content"), 0},
      {"XHTML", response(url, http("application/xhtml+xml", page)), 1},
      {"text", response(url, http("text/plain", "Le barrage\n\n" + dam + "\n")), 1},
      {"robots", response("https://exemple.ml/robots.txt", http("text/plain", "User-agent: *\nDisallow: /.\n")), 0},
      {"image", response(url, http("image/png", "\x89PNG....")), 0},
      {"image that is called HTML", response(url, http("text/html", "\x89PNG....")), 0},
      {"no type", response(url, http("", page)), 0},
      {"resource", record("resource", url, "text/html", page), 1},
      {"resource, image", record("resource", url, "image/png", "\x89PNG"), 0},
      {"conversion", record("conversion", url, "text/plain", "Le barrage\n\n" + dam + "\n"), 1},
      {"metadata", record("metadata", url, "text/html", page), 0},
      {"revisit, same payload",
       record("revisit", url, "application/http; msgtype=response",
              "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
              "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n"),
       0},
      {"revisit, not modified",
       record("revisit", url, "application/http; msgtype=response", "HTTP/1.1 304 Not Modified\r\n\r\n",
              "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified\r\n"),
       0},
      {"name lookup", record("response", "dns:exemple.ml", "text/dns", "20240312\nexemple.ml. 1 IN A 1.2.3.4\n"), 0},
      {"no article", response(url, http("text/html", "<html><body><nav><a href=a>Accueil</a></nav></body></html>")), 0},
      {"empty page", response(url, http("text/html", "")), 0},
      {"truncated by the crawler",
       record("response", url, "application/http; msgtype=response",
              http("text/html", page.substr(0, page.size() - 10)), "WARC-Truncated: length\r\n"),
       1},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Reading reading = read_bytes("a.warc", row.bytes);
    CHECK(reading.problems.empty());
    CHECK(reading.documents.size() == row.documents);
  }
}

TEST_CASE("warc: bodies in chunks and packed, and fields that are not true any more") {
  const std::string page = page_of("Le barrage", dam);
  const std::string zipped = gzip(page);
  const auto chunked = [](const std::string& body) {
    return "5;name=value\r\n" + body.substr(0, 5) + "\r\n" + limier::test::hex(body.size() - 5) + "\r\n" +
           body.substr(5) + "\r\n0\r\n\r\n";
  };
  for (const auto& [fields, body] : std::vector<std::pair<std::string, std::string>>{
           {"Content-Encoding: gzip\r\n", zipped},
           {"content-encoding: X-GZIP\r\n", zipped},
           {"Content-Encoding: gzip\r\n", page},
           {"Content-Encoding: deflate\r\n", limier::test::deflated(page, 15)},
           {"Content-Encoding: deflate\r\n", limier::test::deflated(page, -15)},
           {"Content-Encoding: deflate\r\n", page},
           {"Content-Encoding: br\r\n", limier::test::brotli(page)},
           {"Content-Encoding: br\r\n", page},
           {"Content-Encoding: zstd\r\n", zstd(page)},
           {"Content-Encoding: identity\r\n", page},
           {"Transfer-Encoding: chunked\r\n", chunked(page)},
           {"Transfer-Encoding: chunked\r\n", page},
           {"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunked(zipped)},
           {"Content-Encoding: br, gzip\r\n", gzip(limier::test::brotli(page))},
       }) {
    CAPTURE(fields);
    const Reading reading = read_bytes("a.warc", response("https://exemple.ml/a", http("text/html", body, fields)));
    CHECK_MESSAGE(reading.problems.empty(), reading.problems.at(0).message.text);
    REQUIRE(reading.documents.size() == 1);
    CHECK(reading.documents[0].body == dam);
  }
}

TEST_CASE("warc: the charset of the response holds where the page says none") {
  std::string latin = page_of("Le barrage",
                              "La r\xE9union s\x92"
                              "est tenue mardi \xE0 Bamako, et le barrage a \xE9t\xE9 rouvert le lendemain.");
  latin.erase(latin.find("<meta charset"), 22);
  for (const char* type : {"text/html; charset=windows-1252", "text/html;charset=\"ISO-8859-1\"", "text/html"}) {
    const Reading reading = read_bytes("a.warc", response("https://exemple.ml/a", http(type, latin)));
    REQUIRE(reading.documents.size() == 1);
    CHECK(reading.documents[0].body.starts_with("La réunion s’est tenue mardi à Bamako"));
  }
  const std::string cyrillic = page_of("Le barrage", "\xEC\xEE\xF1\xF2 " + dam);
  std::string without_meta = cyrillic;
  without_meta.erase(without_meta.find("<meta charset"), 22);
  for (const auto accent : {"à", "è"}) {
    while (without_meta.find(accent) != std::string::npos) without_meta.replace(without_meta.find(accent), 2, "a");
  }
  const Reading reading =
      read_bytes("a.warc", response("https://exemple.ml/a", http("text/html; charset=windows-1251", without_meta)));
  REQUIRE(reading.documents.size() == 1);
  CHECK(reading.documents[0].body.starts_with("мост Le barrage"));
}

TEST_CASE("warc: what the page says of itself holds over what the archive says") {
  std::string page = page_of("Le barrage", dam);
  page.insert(page.find("</head>"), "<link rel=canonical href=\"https://exemple.ml/article/7\">");
  const Reading reading = read_bytes("a.warc", response("http://exemple.ml/?p=7", http("text/html", page)));
  REQUIRE(reading.documents.size() == 1);
  CHECK(reading.documents[0].url == "https://exemple.ml/article/7");
  CHECK(reading.documents[0].id == "http://exemple.ml/?p=7#20240312081500");
}

TEST_CASE("warc: an address in brackets, none, and one that is too long") {
  const std::string message = http("text/html", page_of("Le barrage", dam));
  CHECK(read_bytes("a.warc", response("<http://exemple.ml/>", message)).documents.at(0).url == "http://exemple.ml/");
  CHECK(read_bytes("a.warc", response("", message)).documents.at(0).id == "a.warc#0");
  const std::string deep = "http://exemple.ml/" + std::string(300, 'a');
  const Reading reading = read_bytes("a.warc", response(deep + "1", message) + response(deep + "2", message));
  REQUIRE(reading.documents.size() == 2);
  CHECK(reading.documents[0].id.size() <= 200);
  CHECK(reading.documents[0].id != reading.documents[1].id);
}

TEST_CASE("warc: cut anywhere, what stands before is read and the cut is said") {
  const std::string whole = two_pages();
  const std::size_t second = whole.rfind("WARC/1.1");
  std::size_t cuts = 0;
  for (std::size_t size = second + 9; size < whole.size() - 4; size += 7, ++cuts) {
    CAPTURE(size);
    const Reading reading = read_bytes("a.warc", whole.substr(0, size));
    REQUIRE(reading.documents.size() == 1);
    CHECK(reading.documents[0].title == "Le barrage");
    REQUIRE(says(reading, "is cut off"));
    CHECK(says(reading, "record at byte " + std::to_string(second)));
  }
  CHECK(cuts > 50);
  const std::string packed = packed_members({whole.substr(0, second), whole.substr(second)});
  const Reading reading = read_bytes("a.warc.gz", packed.substr(0, packed.size() - 40));
  CHECK(reading.documents.size() == 1);
  CHECK(says(reading, "the gzip data are cut off"));
  CHECK(says(reading, "https://exemple.ml/marche: is cut off"));
}

TEST_CASE("warc: what is broken in the middle is said, and what follows is read") {
  const std::string first = response("https://exemple.ml/1", http("text/html", page_of("Un", dam)));
  const std::string last = response("https://exemple.ml/3", http("text/html", page_of("Trois", market)));
  const auto broken = [](const std::string& from, const std::string& to) {
    std::string text = response("https://exemple.ml/2", http("text/html", page_of("Deux", dam)));
    return text.replace(text.find(from), from.size(), to);
  };
  const std::string length = "Content-Length:";
  struct Row {
    std::string middle, message;
  };
  for (const Row& row : std::vector<Row>{{"rien de tel\r\n\r\n<p>\r\n", "no record begins here"},
                                         {broken("WARC/1.1", "WARK/1.1"), "no record begins here"},
                                         {broken(length, "Content-Longueur:"), "does not say how long it is"},
                                         {broken(length + " ", length + " x"), "does not say how long it is"},
                                         {broken("HTTP/1.1 200", "HTPP/1.1 200"), "holds no HTTP response"}}) {
    CAPTURE(row.message);
    const Reading reading = read_bytes("a.warc", first + row.middle + last);
    CHECK(reading.problems.size() == 1);
    CHECK(says(reading, row.message));
    REQUIRE(reading.documents.size() == 2);
    CHECK(reading.documents[1].title == "Trois");
  }
  std::string middle = gzip(broken("Deux", "Deux"));
  middle.replace(middle.size() / 2, 20, std::string(20, '\xFF'));
  const Reading reading = read_bytes("a.warc.gz", gzip(first) + middle + gzip(last));
  CHECK(says(reading, "the gzip data are damaged"));
  REQUIRE(reading.documents.size() == 2);
  CHECK(reading.documents[1].title == "Trois");
}

TEST_CASE("warc: a body that unpacks badly is said with its address") {
  const std::string zipped = gzip(page_of("Le barrage", dam + ' ' + market));
  const std::string cut = zipped.substr(0, zipped.size() - 12);
  const Reading reading =
      read_bytes("a.warc", response("https://exemple.ml/a", http("text/html", cut, "Content-Encoding: gzip\r\n")));
  CHECK(says(reading, "https://exemple.ml/a: the gzip data are cut off"));
}

TEST_CASE("warc: lengths and heads without end") {
  const std::string head = "WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\n";
  for (const std::string& bytes :
       {head + "Content-Length: 18446744073709551615\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>",
        head + "Content-Length: -1\r\n\r\n", head + "Content-Length: 99999999999999999999999\r\n\r\n",
        head + std::string(100'000, 'x') + "\r\n\r\n", head}) {
    const Reading reading = read_bytes("a.warc", bytes);
    CHECK(reading.documents.empty());
    CHECK_FALSE(reading.problems.empty());
  }
}
