#include "container/page.h"

#include <fmt/format.h>

#include <utility>

#include "text/message.h"

namespace limier::container {
namespace {

class Page final : public Container {
 public:
  Page(Source source, EntryKind kind) : source_(std::move(source)), kind_(kind) {}

  bool next(Entry& entry) override {
    if (std::exchange(done_, true)) return false;
    entry = {};
    entry.kind = kind_;
    entry.document.id = source_.name;
    if (source_.bytes.read(largest_page + 1, entry.page) <= largest_page) return true;
    source_.report(0, message("is larger than {} MB: not read as a page", largest_page / mebibyte));
    return false;
  }

 private:
  Source source_;
  EntryKind kind_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Container> open_html(Source source) {
  return std::make_unique<Page>(std::move(source), EntryKind::Html);
}

std::unique_ptr<Container> open_text(Source source) {
  return std::make_unique<Page>(std::move(source), EntryKind::Text);
}

}  // namespace limier::container
