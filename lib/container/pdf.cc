#include "container/pdf.h"

#include <fmt/format.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <ctime>
#include <utility>
#include <vector>

#include "container/printed_text.h"
#include "text/ascii.h"
#include "text/message.h"

namespace limier::container {
namespace {

constexpr std::size_t largest_file = 256 * mebibyte;

std::string to_text(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  return {bytes.begin(), bytes.end()};
}

// `2024-03-12`; a day alone, for the hour is that of some machine.
std::string day_of(std::time_t seconds) {
  std::tm parts{};
  if (seconds <= 0 || ::gmtime_r(&seconds, &parts) == nullptr || parts.tm_year > 8099) return {};
  return fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

// Programs that make PDF files name them `Microsoft Word - rapport.doc`, or not at all.
bool is_file_name(std::string_view title) {
  const std::string lower = ascii_lower(title);
  for (const std::string_view ending : {".doc", ".docx", ".odt", ".indd", ".qxd", ".pdf", ".rtf", ".tex", ".dvi"}) {
    if (lower.ends_with(ending)) return true;
  }
  return lower.starts_with("microsoft word - ") || lower == "untitled" || lower == "sans titre";
}

class Pdf final : public Container {
 public:
  explicit Pdf(Source source) : source_(std::move(source)) {}

  bool next(Entry& entry) override {
    if (std::exchange(done_, true)) return false;
    std::string bytes;
    if (source_.bytes.read(largest_file + 1, bytes) > largest_file) {
      return fail(message("is larger than {} MB: not read as PDF", largest_file / mebibyte));
    }
    // Nothing is printed.
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    const std::unique_ptr<poppler::document> pdf(
        poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
    if (!pdf) return fail(message("the PDF file is damaged"));
    if (pdf->is_locked()) return fail(message("the PDF file asks for a password"));
    return read_document(*pdf, entry);
  }

 private:
  bool fail(const Message& problem) {
    source_.report(0, problem);
    return false;
  }

  bool read_document(const poppler::document& pdf, Entry& entry) {
    std::vector<std::string> pages;
    if (!read_pages(pdf, pages)) return fail(message("the text of the PDF file is too large"));
    entry = {};
    entry.document.id = source_.name;
    entry.document.body = paragraphs_of_pages(pages);
    if (entry.document.body.empty()) return fail(message("the PDF file holds no text; are its pages pictures?"));
    entry.document.title = trimmed(to_text(pdf.get_title()));
    if (is_file_name(entry.document.title)) entry.document.title.clear();
    if (const std::string author(trimmed(to_text(pdf.get_author()))); !author.empty()) {
      entry.document.authors = {author};
    }
    entry.document.date = day_of(pdf.get_creation_date_t());
    return true;
  }

  // False where a small file unfolds into too much text.
  static bool read_pages(const poppler::document& pdf, std::vector<std::string>& pages) {
    std::size_t size = 0;
    for (int number = 0; number < pdf.pages(); ++number) {
      const std::unique_ptr<poppler::page> page(pdf.create_page(number));
      if (!page) continue;
      pages.push_back(to_text(page->text(poppler::rectf(), poppler::page::non_raw_non_physical_layout)));
      size += pages.back().size();
      if (size > largest_page) return false;
    }
    return true;
  }

  Source source_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Container> open_pdf(Source source) { return std::make_unique<Pdf>(std::move(source)); }

}  // namespace limier::container
