#include "container/zim.h"

#include <fmt/format.h>
#include <zim/archive.h>
#include <zim/item.h>

#include <exception>
#include <optional>
#include <utility>

#include "container/content_type.h"
#include "text/dates.h"
#include "text/message.h"

namespace limier::container {
namespace {

std::string metadata_of(const zim::Archive& archive, const std::string& name) {
  try {
    return archive.getMetadata(name);
  } catch (const std::exception&) {
    return {};
  }
}

class Zim final : public Container {
 public:
  Zim(Source source, zim::Archive archive)
      : source_(std::move(source)),
        archive_(std::move(archive)),
        range_(archive_.iterByPath()),
        archived_(parse_date(metadata_of(archive_, "Date"))) {}

  bool next(Entry& entry) override {
    while (index_ < range_.size()) {
      try {
        if (read_entry(index_++, entry)) return true;
      } catch (const std::exception& error) {
        source_.report(0, message("entry {}: cannot be read: {}", index_ - 1, error.what()));
      }
    }
    return false;
  }

 private:
  // False where it is no page.
  bool read_entry(int index, Entry& entry) {
    const zim::Entry found = *range_.offset(index, 1).begin();
    if (found.isRedirect()) return false;
    const zim::Item item = found.getItem();
    const std::optional<EntryKind> kind = page_kind(item.getMimetype());
    if (!kind) return false;
    if (item.getSize() > largest_page) {
      source_.report(0,
                     message("{}: is larger than {} MB: not read as a page", item.getPath(), largest_page / mebibyte));
      return false;
    }
    entry = {};
    entry.kind = *kind;
    entry.page = item.getData();
    entry.charset = charset_of(item.getMimetype());
    entry.place = to_argument(item.getPath());
    entry.document.id = fmt::format("{}#{}", source_.name, item.getPath());
    entry.document.title = item.getTitle();
    if (!archived_.empty()) entry.document.values["archived"] = archived_;
    return true;
  }

  Source source_;
  zim::Archive archive_;
  zim::Archive::EntryRange<zim::EntryOrder::pathOrder> range_;
  std::string archived_;
  int index_ = 0;
};

}  // namespace

std::unique_ptr<Container> open_zim(Source source) {
  try {
    zim::Archive archive(source.path);
    return std::make_unique<Zim>(std::move(source), std::move(archive));
  } catch (const std::exception& error) {
    source.report(0, message("the ZIM archive cannot be opened (it must be a file, and not packed): {}", error.what()));
    return nullptr;
  }
}

}  // namespace limier::container
