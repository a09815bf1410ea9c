#include "extract/site_memory.h"

#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "container/formats.h"
#include "container/page.h"

namespace limier {
namespace {

namespace fs = std::filesystem;
using extract::RepeatedTexts;
using extract::RepetitionCounter;
using Folders = std::map<std::string, std::vector<SourceFile>>;

constexpr std::size_t first_pages = 128;  // of a file of many

// By its name alone, for most files are never opened here.
bool is_page(const SourceFile& source) {
  constexpr std::uint64_t largest = 4 << 20;  // bytes; longer ones are books
  if (source.size > largest) return false;
  const std::string name = container::unpacked_name(source.name);
  return std::ranges::any_of(container::formats(), [&](const container::Format& format) {
    const bool one_page = format.open == container::open_html || format.open == container::open_text;
    return one_page && std::ranges::any_of(format.endings, [&](std::string_view ending) {
             return !ending.empty() && name.ends_with(ending);
           });
  });
}

// The folder that stands for a site where pages do not say theirs: the one that was asked for, or one directly in it.
// Years and months are no sites.
std::string site_folder(const SourceFile& source) {
  const fs::path folder = fs::path(source.name).parent_path();
  if (folder.empty()) return fs::path(source.path).parent_path().string();  // the file itself was asked for
  const auto asked = folder.begin();
  const auto inner = std::next(asked);
  const bool has_inner =
      inner != folder.end() && inner->string().find_first_not_of("0123456789-_.") != std::string::npos;
  return has_inner ? (*asked / *inner).string() : asked->string();
}

// A copy of a site made page by page has a folder for each of them.
void join_small_folders(Folders& folders) {
  constexpr std::size_t few = 8;
  for (auto folder = folders.begin(); folder != folders.end();) {
    const fs::path above = fs::path(folder->first).parent_path();
    if (folder->second.size() >= few || above.empty() || above.is_absolute()) {
      ++folder;
      continue;
    }
    std::vector<SourceFile>& all = folders[above.string()];
    std::move(folder->second.begin(), folder->second.end(), std::back_inserter(all));
    folder = folders.erase(folder);
  }
}

// Drawn by hashes of the names: from all parts of the folder, the same whatever the order, and a file more or less
// changes little.
void keep_sample(std::vector<SourceFile>& pages) {
  constexpr std::size_t most = 32;
  const auto draw = [](const SourceFile& page) {
    return std::pair(XXH3_64bits(page.name.data(), page.name.size()), std::string_view(page.name));
  };
  std::ranges::sort(pages, {}, draw);
  pages.resize(std::min(pages.size(), most));
  pages.shrink_to_fit();
}

}  // namespace

SiteMemory::Impl::Impl(const std::vector<SourceFile>& sources) {
  for (const SourceFile& source : sources) {
    if (is_page(source)) samples_[site_folder(source)].push_back(source);
  }
  join_small_folders(samples_);
  for (auto& [folder, pages] : samples_) keep_sample(pages);
}

const RepeatedTexts& SiteMemory::Impl::around(const SourceFile& page) {
  std::string folder = site_folder(page);
  if (!samples_.contains(folder)) folder = fs::path(folder).parent_path().string();
  const auto [found, is_new] = of_folder_.try_emplace(folder);
  if (is_new) {
    RepetitionCounter counter;
    std::map<std::string, ReadPage> read;
    for (const SourceFile& source : samples_[folder]) {
      if (auto last = count_pages(source, 1, counter)) read.emplace(source.path, *std::move(last));
    }
    found->second = counter.repeated();
    for (auto& [path, own] : read) {
      const extract::TextSet& repeated = found->second.on_site_of(own.document.url);
      const bool repeats = std::ranges::any_of(repeated, [&](std::uint64_t text) { return own.texts.contains(text); });
      if (!repeats) read_ahead_.emplace(path, std::move(own.document));
    }
  }
  return found->second;
}

std::optional<Document> SiteMemory::Impl::take_document(const SourceFile& page) {
  if (!is_page(page)) return std::nullopt;
  around(page);
  auto found = read_ahead_.extract(page.path);
  return found.empty() ? std::nullopt : std::optional(std::move(found.mapped()));
}

const RepeatedTexts& SiteMemory::Impl::within(const SourceFile& container) {
  const auto [found, is_new] = of_file_.try_emplace(container.path);
  if (is_new) {
    RepetitionCounter counter;
    count_pages(container, first_pages, counter);
    found->second = counter.repeated();
  }
  return found->second;
}

std::optional<SiteMemory::Impl::ReadPage> SiteMemory::Impl::count_pages(const SourceFile& source, std::size_t most,
                                                                        RepetitionCounter& counter) {
  std::error_code error;
  if (!fs::is_regular_file(source.path, error)) return std::nullopt;
  ReadPage last;
  bool problems = false;
  const auto count = [&](const Document& page, const std::vector<PageBlock>& blocks) {
    last.texts = counter.add(page, blocks);
  };
  DocumentReader reader(
      most, source, [&](const ReadProblem&) { problems = true; }, count);
  while (reader.next(last.document)) {
  }
  const bool is_file = last.document.id == source.name;  // and no page of an archive, whatever its name
  return problems || last.texts.empty() || !is_file ? std::nullopt : std::optional(std::move(last));
}

SiteMemory::SiteMemory(const std::vector<SourceFile>& sources) : impl_(std::make_unique<Impl>(sources)) {}
SiteMemory::~SiteMemory() = default;
SiteMemory::SiteMemory(SiteMemory&&) noexcept = default;
SiteMemory& SiteMemory::operator=(SiteMemory&&) noexcept = default;

}  // namespace limier
