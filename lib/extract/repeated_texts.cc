#include "extract/repeated_texts.h"

#include <xxhash.h>

#include <algorithm>

#include "extract/main_text.h"
#include "extract/words.h"
#include "text/ascii.h"

namespace limier::extract {
namespace {

std::uint64_t hash_of(std::string_view folded_text) { return XXH3_64bits(folded_text.data(), folded_text.size()); }

// `example.org` of `https://www.example.org:8080/page`; empty where there is none, as in `/page`.
std::string host_of(std::string_view url) {
  constexpr std::string_view mark = "://";
  const std::size_t scheme = url.find(mark);
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + mark.size());
  std::string host = ascii_lower(url.substr(0, url.find_first_of("/?#:")));
  return host.starts_with("www.") ? host.substr(4) : host;
}

bool may_repeat(const Block& block) { return block.region == Region::Open && block.wording == Wording::Ordinary; }

// Whether it is most of what the page alone shows as its article.
bool is_most(const std::vector<Block>& blocks, const std::vector<bool>& repeats) {
  const Span alone = find_article(blocks);
  std::size_t all = 0;  // words
  std::size_t repeated = 0;
  for (std::size_t i = alone.begin; i < alone.end; ++i) {
    if (!may_repeat(blocks[i])) continue;
    all += blocks[i].words;
    if (repeats[i]) repeated += blocks[i].words;
  }
  return repeated * 2 > all;
}

}  // namespace

const TextSet& RepeatedTexts::on_site_of(std::string_view url) const {
  static const TextSet none;
  const auto found = of_host_.find(host_of(url));
  return found == of_host_.end() ? none : found->second;
}

TextSet RepetitionCounter::add(const Document& page, const std::vector<PageBlock>& blocks) {
  TextSet texts;
  if (page.body.empty()) return texts;
  Site& site = sites_[host_of(page.url)];
  const std::uint64_t title = hash_of(folded(page.title));
  site.pages.insert(title);
  for (const PageBlock& block : blocks) {
    const std::uint64_t text = hash_of(folded(block.text));
    texts.insert(text);
    Places& places = site.texts[text];
    places.pages.insert(title);
    if (block.use == PageBlock::Use::Text) places.as_text.insert(title);
  }
  return texts;
}

RepeatedTexts RepetitionCounter::repeated() const {
  constexpr std::size_t fewest = 3;
  RepeatedTexts repeated;
  for (const auto& [host, site] : sites_) {
    for (const auto& [text, places] : site.texts) {
      if (places.as_text.size() >= fewest && places.pages.size() * 4 >= site.pages.size())
        repeated.of_host_[host].insert(text);
    }
  }
  return repeated;
}

void mark_repeated(std::vector<Block>& blocks, const TextSet& repeated) {
  if (repeated.empty()) return;
  std::vector<bool> repeats;
  repeats.reserve(blocks.size());
  for (const Block& block : blocks) repeats.push_back(may_repeat(block) && repeated.contains(block.fingerprint));
  if (is_most(blocks, repeats)) return;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (repeats[i]) blocks[i].region = Region::Repeated;
  }
}

}  // namespace limier::extract
