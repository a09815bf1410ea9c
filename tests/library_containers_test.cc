// PDF and ZIM, which are read by libraries that may be missing.
#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "container/printed_text.h"
#include "reading.h"
#ifdef LIMIER_ZIM
#include <zim/writer/contentProvider.h>
#include <zim/writer/creator.h>
#include <zim/writer/item.h>
#endif

using limier::Document;
using limier::container::paragraphs_of_pages;
using limier::test::Folder;
using limier::test::gzip;
using limier::test::read_all;
using limier::test::read_bytes;
using limier::test::Reading;

namespace {

#if defined(LIMIER_PDF) || defined(LIMIER_ZIM)
bool says(const Reading& reading, const std::string& what) {
  for (const limier::ReadProblem& problem : reading.problems) {
    if (problem.message.text.find(what) != std::string::npos) return true;
  }
  return false;
}
#endif

#ifdef LIMIER_PDF
// A file of pages, each a list of lines in windows-1252; `info` is what the file says of itself.
std::string pdf(const std::vector<std::vector<std::string>>& pages, const std::string& info) {
  std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>", "",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>", "<< " + info + " >>"};
  std::string kids;
  for (const std::vector<std::string>& lines : pages) {
    const std::string number = std::to_string(objects.size() + 1);
    const std::string next = std::to_string(objects.size() + 2);
    kids += number + " 0 R ";
    objects.push_back(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
        "/Contents " +
        next + " 0 R >>");
    std::string drawing = "BT /F1 12 Tf 14 TL 72 800 Td\n";
    for (const std::string& line : lines) drawing += "(" + line + ") '\n";
    drawing += "ET";
    objects.push_back("<< /Length " + std::to_string(drawing.size()) + " >>\nstream\n" + drawing + "\nendstream");
  }
  objects[1] = "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages.size()) + " >>";
  std::string file = "%PDF-1.4\n";
  std::string table = "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const std::string offset = std::to_string(file.size());
    table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
    file += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  return file + table + "trailer\n<< /Size " + std::to_string(objects.size() + 1) +
         " /Root 1 0 R /Info 4 0 R >>\nstartxref\n" + std::to_string(file.size()) + "\n%%EOF\n";
}

const std::vector<std::string> first_page = {
    "Bulletin du lac", "", "Le barrage a ouvert ses vannes dans la nuit de lundi \xE0 mardi, apr\xE8s trois se-",
    "maines de pluies sur les hauts plateaux du nord, et sans pr\xE9venir."};
#endif

#ifdef LIMIER_ZIM
class ZimItem final : public zim::writer::Item {
 public:
  ZimItem(std::string path, std::string type, std::string content)
      : path_(std::move(path)), type_(std::move(type)), content_(std::move(content)) {}
  std::string getPath() const override { return path_; }
  std::string getTitle() const override { return "Titre de l'archive"; }
  std::string getMimeType() const override { return type_; }
  std::unique_ptr<zim::writer::ContentProvider> getContentProvider() const override {
    return std::make_unique<zim::writer::StringProvider>(content_);
  }
  zim::writer::Hints getHints() const override { return {}; }

 private:
  std::string path_, type_, content_;
};

const std::string zim_page =
    "<html lang=fr><head><title>Le barrage</title></head><body><h1>Le barrage</h1><p>Le barrage a ouvert ses vannes "
    "dans "
    "la nuit de lundi à mardi, après trois semaines de pluies.</p></body></html>";

std::string write_zim(const Folder& folder) {
  const std::string path = folder.path() + "/a.zim";
  zim::writer::Creator creator;
  creator.configVerbose(false).configNbWorkers(1).startZimCreation(path);
  creator.addItem(std::make_shared<ZimItem>("www.exemple.ml/barrage", "text/html", zim_page));
  creator.addItem(
      std::make_shared<ZimItem>("a/texte", "text/plain;charset=utf-8", "Un conte\n\nIl était une fois un caïman.\n"));
  creator.addItem(std::make_shared<ZimItem>("style.css", "text/css", "p { color: red }"));
  creator.addItem(std::make_shared<ZimItem>("menu", "text/html", "<nav><a href=a>Accueil</a></nav>"));
  creator.addRedirection("z", "Ailleurs", "www.exemple.ml/barrage");
  creator.addMetadata("Date", "2024-03-12");
  creator.finishZimCreation();
  return path;
}
#endif

}  // namespace

TEST_CASE("printed text: lines to paragraphs, without heads and feet") {
  struct Row {
    std::vector<std::string> pages;
    std::string text;
  };
  const std::string full = "une ligne qui va d'un bord de la page jusqu'à l'autre";
  for (const Row& row : std::vector<Row>{
           {{}, ""},
           {{" \n\n\f"}, ""},
           {{"Un mot qui fi-\nnit ici.\n"}, "Un mot qui finit ici."},
           {{"Une réunion franco-\nÉgyptienne et 10 -\nvingt.\n"}, "Une réunion franco- Égyptienne et 10 - vingt."},
           {{"Un para\u00AD\ngraphe.\n\nUn autre.\n"}, "Un paragraphe.\nUn autre."},
           {{full + "\n" + full + "\ncourte.\nEncore " + full + "\n"}, full + " " + full + " courte.\nEncore " + full},
           {{full + "\n\nsuite après une image.\n"}, full + " suite après une image."},
           {{full + "\n", full + "\n"}, full + " " + full},
           {{"Revue 1\nA.\n1\n", "Revue 2\nB.\n2\n", "Revue 3\nC.\n3\n"}, "A.\nB.\nC."},
           {{"Le même début\nA.\n", "Le même début\nB.\n"}, "Le même début A.\nLe même début B."},
       }) {
    CAPTURE(row.text);
    CHECK(paragraphs_of_pages(row.pages) == row.text);
  }
}

#ifdef LIMIER_PDF
TEST_CASE("pdf: one document with what the file says of itself") {
  const std::string bytes = pdf({first_page, {"Un second paragraphe, sur la page qui suit."}},
                                "/Title (Le barrage) /Author (A. Traor\xE9) /CreationDate (D:20240312081500+01'00')");
  for (const auto& [name, content] :
       {std::pair<std::string, std::string>{"a.pdf", bytes}, {"a", bytes}, {"a.pdf.gz", gzip(bytes)}}) {
    const Reading reading = read_bytes(name, content);
    CHECK(reading.problems.empty());
    REQUIRE(reading.documents.size() == 1);
    const Document& document = reading.documents[0];
    CHECK(document.id == name);
    CHECK(document.title == "Le barrage");
    CHECK(document.authors == std::vector<std::string>{"A. Traoré"});
    CHECK(document.date == "2024-03-12");
    CHECK(
        document.body ==
        "Bulletin du lac\nLe barrage a ouvert ses vannes dans la nuit de lundi à mardi, après trois semaines de pluies "
        "sur les hauts plateaux du nord, et sans prévenir.\nUn second paragraphe, sur la page qui suit.");
  }
}

TEST_CASE("pdf: a file's name is no title; no metadata") {
  CHECK(
      read_bytes("a.pdf", pdf({first_page}, "/Title (Microsoft Word - rapport_v2.doc)")).documents.at(0).title.empty());
  const Document document = read_bytes("a.pdf", pdf({first_page}, "")).documents.at(0);
  CHECK(document.date.empty());
  CHECK(document.authors.empty());
}

TEST_CASE("pdf: cut off, damaged, without text") {
  const std::string bytes = pdf({first_page}, "");
  std::size_t cuts = 0;
  for (std::size_t size = 5; size < bytes.size(); size += 23, ++cuts) {
    CAPTURE(size);
    const Reading reading = read_bytes("a.pdf", bytes.substr(0, size));
    CHECK(reading.documents.size() + reading.problems.size() == 1);
  }
  CHECK(cuts > 20);
  CHECK(says(read_bytes("a.pdf", "%PDF-1.7\nrien"), "damaged"));
  CHECK(says(read_bytes("a.pdf", pdf({{}}, "")), "holds no text"));
}
#endif

#ifdef LIMIER_ZIM
TEST_CASE("zim: pages in the order of their paths, without redirects and menus") {
  const Folder folder;
  const Reading reading = read_all(write_zim(folder));
  CHECK(reading.problems.empty());
  REQUIRE(reading.documents.size() == 2);
  CHECK(reading.documents[0].id == "a.zim#a/texte");
  CHECK(reading.documents[0].title == "Un conte");
  const Document& page = reading.documents[1];
  CHECK(page.id == "a.zim#www.exemple.ml/barrage");
  CHECK(page.title == "Le barrage");
  CHECK(page.body.starts_with("Le barrage a ouvert"));
  CHECK(page.language == "fr");
  // The archive's day: its pages may have been saved long before.
  CHECK(page.values == std::map<std::string, std::string>{{"archived", "2024-03-12"}});
}

TEST_CASE("zim: cut off, or packed") {
  const Folder folder;
  const std::string path = write_zim(folder);
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  std::size_t cuts = 0;
  for (std::size_t size = 4; size < bytes.size(); size += bytes.size() / 40, ++cuts) {
    CAPTURE(size);
    CHECK_FALSE(read_bytes("b.zim", bytes.substr(0, size)).problems.empty());
  }
  CHECK(cuts >= 40);
  CHECK(says(read_bytes("b.zim.gz", gzip(bytes)), "not packed"));
}
#endif

TEST_CASE("formats: every one says its names, and what it lacks") {
  const std::vector<limier::SourceFormat> formats = limier::source_formats();
  CHECK(formats.size() == 8);
  for (const limier::SourceFormat& format : formats) {
    CAPTURE(format.name);
    CHECK_FALSE(format.endings.empty());
#ifdef LIMIER_ZIM
    if (format.name == "ZIM") CHECK(format.missing_package.empty());
#else
    if (format.name == "ZIM") CHECK(format.missing_package == "libzim-dev");
#endif
#ifdef LIMIER_PDF
    if (format.name == "PDF") CHECK(format.missing_package.empty());
#else
    if (format.name == "PDF") CHECK(format.missing_package == "libpoppler-cpp-dev");
#endif
  }
#ifndef LIMIER_PDF
  CHECK(read_bytes("a.pdf", "%PDF-1.7\n").problems.at(0).message.text.find("libpoppler-cpp-dev") != std::string::npos);
#endif
}
