#include "extract/block.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "extract/byline.h"
#include "extract/vocabulary.h"
#include "extract/words.h"
#include "text/dates.h"
#include "text/message.h"

namespace limier::extract {
namespace {

// The text without what may close a quotation or a parenthesis behind the full stop: `… les trois pays. »`
std::string_view without_closers(std::string_view text) {
  constexpr std::string_view closers[] = {"»", "”", "\"", "'", "’", ")", "]", " ", "\u00a0", "\u202f"};
  bool again = true;
  while (again) {
    again = false;
    for (const std::string_view closer : closers) {
      if (!text.ends_with(closer)) continue;
      text.remove_suffix(closer.size());
      again = true;
    }
  }
  return text;
}

// `Par Alain Tchoupo, à Batchenga. 5 mars 2019.` ends as a sentence does.
bool may_be_byline(const Block& block, bool has_date) {
  if (block.ends_sentence && block.words > 20) return false;
  if (has_date) return true;
  constexpr std::size_t farthest = 60;  // bytes: what stands before the name is itself explained, or hardly anything
  const std::string_view front = std::string_view(block.folded_text).substr(0, farthest);
  return contains(front, "par ") || contains(front, "by ") || contains(front, "publie") || contains(front, "texte");
}

void measure_wording(Block& block) {
  constexpr std::size_t longest_line = 400;  // bytes; what is longer is running text
  if (block.text.size() > longest_line) {
    if (contains(block.text, "{{")) block.wording = Wording::Template;
    return;
  }
  block.wording = wording_of(block.folded_text, block.words);
  const std::optional<FoundDate> date = find_date(block.text);
  if (date) block.ends_in_date = date->end + 1 >= block.text.size();
  const bool dated_source = block.wording == Wording::Source && date;
  if (block.wording != Wording::Ordinary && !dated_source) return;
  if (begins_at_home(block.folded_text) && !parse_breadcrumb(block.text).empty()) {
    block.wording = Wording::Breadcrumb;
  } else if (date && date->begin <= 1 && block.ends_in_date) {
    block.wording = Wording::Date;
  } else if (may_be_byline(block, date.has_value()) && parse_byline(block.text).is_byline) {
    block.wording = Wording::Byline;
  }
}

void measure_block(Block& block) {
  block.text.resize(without_edit_links(block.text).size());
  block.folded_text = folded(block.text);
  block.fingerprint = XXH3_64bits(block.folded_text.data(), block.folded_text.size());
  block.words = 0;
  std::size_t stop_words = 0;
  for_each_word(block.folded_text, [&](std::string_view word) {
    ++block.words;
    if (is_stop_word(word)) ++stop_words;
  });
  block.stop_word_share = block.words == 0 ? 0 : static_cast<double>(stop_words) / static_cast<double>(block.words);
  const std::string_view end = without_closers(block.text);
  block.ends_in_dots = end.ends_with("...") || end.ends_with("…") || end.ends_with("[...") || end.ends_with("[…");
  block.ends_sentence = end.ends_with('.') || end.ends_with('!') || end.ends_with('?') || end.ends_with("…");
  measure_wording(block);
}

// `©MARIO ARMAS, AFP` directly below a line says that this line is a caption.
bool is_credit(const Block& block) {
  return !block.after_gap && block.wording == Wording::Caption && block.folded_text.starts_with("©") &&
         block.words <= 8;
}

// `Il vous faut :`
bool announces_list(const Block& block) {
  return block.wording == Wording::Ordinary && block.words >= 3 && block.stop_word_share >= 0.2 &&
         block.text.ends_with(':');
}

// A list is what the line above it says.
void measure_list_item(Block& above, Block& item) {
  constexpr std::size_t longest_link = 24;  // words
  const bool goes_on = above.kind == BlockKind::ListItem;
  if (!goes_on && announces_list(above)) above.announced = true;
  item.announced = above.announced;
  const bool links = above.wording == Wording::ReadAlso && (goes_on || announces_link(above));
  if (links && item.wording == Wording::Ordinary && item.words <= longest_link) item.wording = Wording::ReadAlso;
}

std::string_view name_of(BlockKind kind) {
  switch (kind) {
    case BlockKind::Heading:
      return translatable("heading");
    case BlockKind::ListItem:
      return translatable("list item");
    case BlockKind::Paragraph:
      break;
  }
  return translatable("paragraph");
}

std::string_view name_of(Region region) {
  switch (region) {
    case Region::Outside:
      return translatable("outside of the article");
    case Region::Clutter:
      return translatable("clutter");
    case Region::Caption:
      return translatable("under a picture");
    case Region::Byline:
      return translatable("in the byline");
    case Region::Breadcrumb:
      return translatable("in the path");
    case Region::Tags:
      return translatable("in the tags");
    case Region::Repeated:
      return translatable("repeated on the site");
    case Region::Open:
      break;
  }
  return {};
}

std::string_view name_of(Wording wording) {
  switch (wording) {
    case Wording::Date:
      return translatable("date");
    case Wording::Byline:
      return translatable("byline");
    case Wording::Share:
      return translatable("share");
    case Wording::OtherArea:
      return translatable("title of another area");
    case Wording::ReadAlso:
      return translatable("read also");
    case Wording::Advert:
      return translatable("advertisement");
    case Wording::Copyright:
      return translatable("copyright");
    case Wording::Contact:
      return translatable("contact");
    case Wording::Source:
      return translatable("source");
    case Wording::Tags:
      return translatable("tags");
    case Wording::Caption:
      return translatable("caption");
    case Wording::Template:
      return translatable("template");
    case Wording::Breadcrumb:
      return translatable("path");
    case Wording::Ordinary:
      break;
  }
  return {};
}

}  // namespace

void measure(std::vector<Block>& blocks) {
  std::vector<std::uint64_t> texts;
  texts.reserve(blocks.size());
  for (Block& block : blocks) {
    if (block.folded_text.empty()) measure_block(block);
    texts.push_back(block.fingerprint);
  }
  std::ranges::sort(texts);
  for (Block& block : blocks) block.repeats = std::ranges::equal_range(texts, block.fingerprint).size() - 1;
  for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
    if (is_credit(blocks[i + 1]) && blocks[i].repeats == 0 && blocks[i].wording == Wording::Ordinary)
      blocks[i].wording = Wording::Caption;
    if (blocks[i + 1].kind == BlockKind::ListItem) measure_list_item(blocks[i], blocks[i + 1]);
  }
}

std::string description_of(const Block& block) {
  std::string description(name_of(block.kind));
  for (const std::string_view more : {name_of(block.region), name_of(block.wording)}) {
    if (!more.empty()) description.append(", ").append(more);
  }
  return description;
}

bool announces_link(const Block& block) { return block.wording == Wording::ReadAlso && block.words <= 5; }

bool is_prose(const Block& block) {
  if (block.wording != Wording::Ordinary || block.link_share > 0.6 || block.stop_word_share < 0.2) return false;
  // Captions of three lines have no full stop anywhere.
  const bool has_sentences =
      block.ends_sentence || contains(block.text, ". ") || contains(block.text, "? ") || block.words >= 45;
  if (block.words >= 25) return has_sentences;
  return block.words >= 8 && block.ends_sentence && !block.ends_in_dots;
}

}  // namespace limier::extract
