#include "extract/title.h"

#include <algorithm>
#include <iterator>

#include "extract/words.h"

namespace limier::extract {
namespace {

constexpr std::string_view separators[] = {" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " « ", " » ", " : "};

// Letters and digits alone: `Africa Presse` is the site of `AfricaPresse`.
std::string bare(std::string_view text) {
  std::string name;
  const std::string plain = folded(text);
  for (const std::string_view word : words_of(plain)) name += word;
  return name;
}

bool is_site(std::string_view part, std::string_view site) { return !site.empty() && bare(part) == bare(site); }

// The title's part that stands as a block of its own on the page, without what is before or behind a separator.
std::string part_seen_on_page(std::string_view title, const std::vector<Block>& blocks) {
  const auto seen = [&](std::string_view part) {
    const std::string plain = folded(part);
    return std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) {
      return block.region != Region::Clutter && block.words >= 3 && block.folded_text == plain;
    });
  };
  if (seen(title)) return std::string(title);
  const bool quotes = contains(title, "«") && contains(title, "»");
  for (const std::string_view separator : separators) {
    if (quotes && (separator == " « " || separator == " » ")) continue;
    // The longest part first: a title may hold the separator itself.
    for (std::size_t at = title.rfind(separator); at != std::string_view::npos && at > 0;
         at = title.rfind(separator, at - 1)) {
      if (seen(title.substr(0, at))) return std::string(title.substr(0, at));
    }
    for (std::size_t at = title.find(separator); at != std::string_view::npos; at = title.find(separator, at + 1)) {
      const std::string_view rest = title.substr(at + separator.size());
      if (seen(rest)) return std::string(rest);
    }
  }
  return {};
}

// Once, of `Le port ferme | Le port ferme`: some put the story's title where its section should be named.
std::string_view said_once(std::string_view title) {
  for (const std::string_view separator : separators) {
    if (title.size() < separator.size()) continue;
    const std::size_t half = (title.size() - separator.size()) / 2;
    const std::string_view front = title.substr(0, half);
    if (title.substr(half, separator.size()) == separator && title.substr(half + separator.size()) == front)
      return front;
  }
  return title;
}

}  // namespace

std::string without_site(std::string_view title, std::string_view site) {
  for (const std::string_view separator : separators) {
    const std::size_t last = title.rfind(separator);
    if (last != std::string_view::npos && is_site(title.substr(last + separator.size()), site))
      return std::string(title.substr(0, last));
    const std::size_t first = title.find(separator);
    if (first != std::string_view::npos && is_site(title.substr(0, first), site))
      return std::string(title.substr(first + separator.size()));
  }
  return std::string(title);
}

std::string site_of_heading(const std::vector<Block>& blocks) {
  const auto is_first_rank = [](const Block& block) { return block.level == 1; };
  const auto site = std::ranges::find_if(blocks, is_first_rank);
  if (site == blocks.end() || site->link_share < 0.9) return {};
  const auto title = std::find_if(std::next(site), blocks.end(), is_first_rank);
  return title != blocks.end() && title->link_share < 0.5 ? site->text : std::string();
}

std::string choose_title(const std::vector<std::string>& titles, const std::vector<Block>& blocks,
                         const std::string& site) {
  for (const std::string& title : titles) {
    std::string cleaned(said_once(without_site(title, site)));
    if (cleaned.empty() || is_site(cleaned, site)) continue;
    if (std::string part = part_seen_on_page(cleaned, blocks); !part.empty()) return part;
    return cleaned;
  }
  for (const Block& block : blocks) {
    const bool heading = block.kind == BlockKind::Heading && block.region != Region::Clutter;
    if (heading && !is_site(block.text, site)) return block.text;
  }
  return {};
}

}  // namespace limier::extract
