#include "limier/document_reader.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "container/container.h"
#include "container/formats.h"
#include "extract/article.h"
#include "extract/site_memory.h"
#include "text/encoding.h"
#include "text/message.h"
#include "text/mojibake.h"
#include "text/utf8.h"

namespace limier {
namespace {

using container::Container;
using container::Entry;
using container::EntryKind;

constexpr std::size_t most_tags = 1'000'000;  // each costs the parser some 300 bytes
constexpr std::size_t longest_id = 200;       // bytes

// What is too long for an id is cut and told apart by a hash of the whole.
std::string id_of_name(const std::string& name) {
  if (name.size() <= longest_id) return name;
  const std::string hash = fmt::format("~{:016x}", XXH3_64bits(name.data(), name.size()));
  return name.substr(0, utf8_boundary(name, longest_id - hash.size())) + hash;
}

bool has_too_many_tags(std::string_view page) {
  return page.size() > most_tags && std::count(page.begin(), page.end(), '<') > std::ptrdiff_t{most_tags};
}

template <class Field>
void set_if_empty(Field& field, Field& value) {
  if (field.empty()) field = std::move(value);
}

std::string value_of(const Document& document, const std::string& name) {
  const auto found = document.values.find(name);
  return found == document.values.end() ? std::string() : found->second;
}

// What the container knows of a page fills what the page does not say.
void add_known(Document& document, Document& known) {
  document.id = std::move(known.id);
  set_if_empty(document.title, known.title);
  set_if_empty(document.url, known.url);
  set_if_empty(document.language, known.language);
  document.values.merge(known.values);
}

}  // namespace

class DocumentReader::Impl {
 public:
  Impl(const SourceFile& source, ProblemHandler on_problem, ReaderOptions options,
       std::size_t most_pages = std::numeric_limits<std::size_t>::max())
      : source_(source),
        on_problem_(std::move(on_problem)),
        on_page_(std::move(options.on_page)),
        sites_(options.sites == nullptr ? nullptr : options.sites->impl_.get()),
        pages_left_(most_pages) {
    if (sites_ != nullptr && !on_page_) read_ahead_ = sites_->take_document(source);
    if (!read_ahead_)
      container_ = container::open_container(
          {source.path, source.name, {container::ByteSource(source.path), report()}, report()});
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  bool next(Document& document) {
    if (read_ahead_) {
      document = *std::exchange(read_ahead_, std::nullopt);
      return true;
    }
    while (container_ && pages_left_ > 0 && container_->next(entry_)) {
      --pages_left_;
      if (entry_.kind != EntryKind::Document && !find_article()) continue;
      document = std::move(entry_.document);
      document.id = id_of_name(document.id);
      return true;
    }
    container_.reset();
    return false;
  }

 private:
  container::Report report() {
    return [this](std::uint64_t line, const Message& problem) {
      if (on_problem_) on_problem_({source_.path, line, problem});
    };
  }

  void report_page(const Message& problem) {
    report()(0, is_alone() ? problem : message("{}: {}", entry_.place, problem));
  }

  bool is_alone() const { return entry_.place.text.empty(); }

  extract::PageContext context() {
    extract::PageContext context{entry_.document.url, value_of(entry_.document, "captured")};
    if (sites_ != nullptr) context.repeated = is_alone() ? &sites_->around(source_) : &sites_->within(source_);
    return context;
  }

  // Puts the article in the place of the page. Among many pages some are pictures under a wrong name, and many, such as
  // home pages, hold no article: nothing is wrong with these.
  bool find_article() {
    if (!is_alone() && !binary_kind(entry_.page).empty()) return false;
    const bool html = entry_.kind == EntryKind::Html;
    if (html && has_too_many_tags(entry_.page)) {
      report_page(message("has more than {} tags: not read as a page", most_tags));
      return false;
    }
    if (html && entry_.charset.empty()) entry_.charset = declared_charset(entry_.page);
    DecodedText decoded = to_utf8(std::exchange(entry_.page, {}), entry_.charset);
    if (decoded.replaced_bytes > 0) report_page(replaced_message(decoded.replaced_bytes));
    repair_double_encoding(decoded.text);
    std::vector<PageBlock> blocks;
    auto* wanted_blocks = on_page_ ? &blocks : nullptr;
    Document found = html ? extract::article_of_html(std::move(decoded.text), wanted_blocks, context())
                          : extract::article_of_dump(decoded.text, wanted_blocks, context());
    add_known(found, entry_.document);
    entry_.document = std::move(found);
    if (on_page_) on_page_(entry_.document, blocks);
    const bool has_article = !entry_.document.body.empty();
    if (!has_article && is_alone()) report_page(message("no article found in this page"));
    return has_article;
  }

  SourceFile source_;
  ProblemHandler on_problem_;
  PageHandler on_page_;
  SiteMemory::Impl* sites_;  // Null where every page is read alone.
  std::size_t pages_left_;   // Pages still to be read, with an article or without.
  Entry entry_;
  std::optional<Document> read_ahead_;  // All that is in the source.
  std::unique_ptr<Container> container_;
};

DocumentReader::DocumentReader(const SourceFile& source, ProblemHandler on_problem, ReaderOptions options)
    : impl_(std::make_unique<Impl>(source, std::move(on_problem), std::move(options))) {}
DocumentReader::DocumentReader(std::size_t most_pages, const SourceFile& source, ProblemHandler on_problem,
                               PageHandler on_page)
    : impl_(std::make_unique<Impl>(source, std::move(on_problem), ReaderOptions{.on_page = std::move(on_page)},
                                   most_pages)) {}
DocumentReader::~DocumentReader() = default;
DocumentReader::DocumentReader(DocumentReader&&) noexcept = default;
DocumentReader& DocumentReader::operator=(DocumentReader&&) noexcept = default;

bool DocumentReader::next(Document& document) { return impl_->next(document); }

std::vector<SourceFormat> source_formats() {
  std::vector<SourceFormat> known;
  for (const container::Format& format : container::formats()) {
    SourceFormat& added = known.emplace_back();
    added.name = format.name;
    for (const std::string_view ending : format.endings) {
      if (!ending.empty()) added.endings.emplace_back(ending);
    }
    if (format.open == nullptr) added.missing_package = format.package;
  }
  return known;
}

}  // namespace limier
