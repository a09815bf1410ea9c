#include "extract/main_text.h"

#include <algorithm>
#include <cstdint>
#include <map>

#include "text/ascii.h"

namespace limier::extract {
namespace {

double score_of_wording(Wording wording) {
  switch (wording) {
    case Wording::Ordinary:
      return 0;
    case Wording::ReadAlso:
    case Wording::Caption:
      return -0.5;  // these stand inside articles too
    case Wording::Source:
      return -2;
    case Wording::Date:
    case Wording::Byline:
    case Wording::Advert:
    case Wording::Breadcrumb:
    case Wording::Tags:
      return -4;
    case Wording::Share:
    case Wording::Contact:
      return -8;
    case Wording::OtherArea:
    case Wording::Copyright:
    case Wording::Template:
      return -15;
  }
  return 0;
}

double score_of_region(Region region) {
  switch (region) {
    case Region::Open:
      return 0;
    case Region::Caption:
      return -0.5;  // between two paragraphs
    case Region::Clutter:
    case Region::Repeated:
      return -1;  // also advertisements between two paragraphs
    case Region::Byline:
    case Region::Breadcrumb:
    case Region::Tags:
      return -4;
    case Region::Outside:
      return -6;
  }
  return 0;
}

double score_of_prose(const Block& block) {
  constexpr double most_words = 80;  // so that one long legal notice does not outweigh an article
  const double length = std::min(static_cast<double>(block.words), most_words);
  return (length / 4) * (1 - block.link_share);
}

// Cut off: `La France a confirmé son engagement aux côtés du Bénin et de...`. A paragraph may end so too, but is longer
// and has no link for most of it.
bool is_teaser(const Block& block) { return block.ends_in_dots && (block.words < 40 || block.link_share > 0.15); }

// `73'`, `* * *`: the minute of a live report or a break between two parts of a text says nothing for or against what
// stands around it, and comes as often as that goes on.
bool is_label_without_letters(const Block& block) {
  const auto is_letter = [](char c) { return is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80; };
  return block.kind == BlockKind::Paragraph &&
         std::none_of(block.folded_text.begin(), block.folded_text.end(), is_letter);
}

double score_of_short_text(const Block& block) {
  if (block.link_share > 0.6) return -5;
  if (is_label_without_letters(block)) return -0.5;
  if (block.ends_in_dots && block.words >= 8) return -6;
  if (block.ends_in_date) return -5;  // `CAN 2025 : Le Sénégal saisit le TAS | 18 Mar 2026`
  if (block.repeats > 0) return -4;   // menus, doubled titles
  if (block.ends_sentence && block.words >= 2) return 1;
  if (block.words >= 12 && block.stop_word_share >= 0.25) return 0;  // an item of a list, a title of another article
  if (block.announced) return -0.2;
  if (block.kind == BlockKind::ListItem) return -3;
  return -2;  // an intertitle, or anything
}

// Nothing of the article stands on both sides of these.
bool ends_article(const Block& block) {
  return block.region == Region::Open && (block.wording == Wording::OtherArea || block.wording == Wording::Copyright);
}

bool is_text(const std::vector<Block>& blocks, std::size_t i, const std::string& folded_title) {
  const Block& block = blocks[i];
  if (block.region != Region::Open || block.wording != Wording::Ordinary) return false;
  // A link alone is one to elsewhere, unless the text announces it: `Écrivez-nous à cette adresse :`
  const bool announced = i > 0 && blocks[i - 1].text.ends_with(':');
  if (block.link_share > 0.9 && !block.ends_sentence && !announced) return false;
  return block.folded_text != folded_title;
}

// `Sommaire`: only links stand between this intertitle and the next block that is text, an intertitle no lower.
bool heads_links_alone(const std::vector<Block>& blocks, std::size_t heading, std::size_t next) {
  const int level = blocks[heading].level;
  return level > 0 && blocks[next].level > 0 && blocks[next].level <= level && next > heading + 1 &&
         std::all_of(blocks.begin() + static_cast<std::ptrdiff_t>(heading) + 1,
                     blocks.begin() + static_cast<std::ptrdiff_t>(next),
                     [](const Block& between) { return between.link_share > 0.9; });
}

// The element that holds more than half of the span's running text; 0 where there is none.
std::uint32_t container_of(const std::vector<Block>& blocks, Span span) {
  std::size_t all = 0;  // words
  std::map<std::uint32_t, std::size_t> held;
  for (std::size_t i = span.begin; i < span.end; ++i) {
    if (!is_prose(blocks[i])) continue;
    all += blocks[i].words;
    held[blocks[i].container] += blocks[i].words;
  }
  const auto most = std::ranges::find_if(held, [&](const auto& one) { return one.second * 2 > all; });
  return most == held.end() ? 0 : most->first;
}

// Running text that stands beside that of the article in the same element belongs to it, even where a list, a table or
// a box between them weighs more.
Span with_siblings(const std::vector<Block>& blocks, Span span) {
  const std::uint32_t container = container_of(blocks, span);
  if (container == 0) return span;
  const auto belongs = [&](const Block& block) {
    return block.container == container && block.region == Region::Open && is_prose(block) && !is_teaser(block);
  };
  for (std::size_t i = span.begin; i-- > 0 && !ends_article(blocks[i]);) {
    if (belongs(blocks[i])) span.begin = i;
  }
  for (std::size_t i = span.end; i < blocks.size() && !ends_article(blocks[i]); ++i) {
    if (belongs(blocks[i])) span.end = i + 1;
  }
  return span;
}

}  // namespace

double score(const Block& block) {
  // A box of teasers or a menu parts the article from other things, whether other pages have it or not.
  if (block.region == Region::Repeated) return std::min(score_of_region(block.region), score_of_short_text(block));
  if (block.region != Region::Open) return score_of_region(block.region);
  if (block.wording != Wording::Ordinary) return score_of_wording(block.wording);
  if (is_prose(block) && !is_teaser(block)) return score_of_prose(block);
  return score_of_short_text(block);
}

Span find_article(const std::vector<Block>& blocks) {
  Span best;
  double best_sum = 0;
  Span current;
  double sum = 0;
  constexpr double enough = 15;
  double trust = 1;  // Prose that follows the title of another area below an article is a comment or a teaser.
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (ends_article(blocks[i])) {
      if (best_sum >= enough) trust = 0.5;
      sum = 0;
      continue;
    }
    if (sum <= 0) {
      sum = 0;
      current.begin = i;
    }
    const double points = score(blocks[i]);
    sum += points > 0 ? points * trust : points;
    if (sum > best_sum) {
      best_sum = sum;
      best = {current.begin, i + 1};
    }
  }
  return with_siblings(blocks, best);
}

std::vector<std::size_t> body_blocks(const std::vector<Block>& blocks, Span span, const std::string& folded_title) {
  std::vector<std::size_t> body;
  bool link_expected = false;
  for (std::size_t i = span.begin; i < span.end; ++i) {
    const Block& block = blocks[i];
    const bool announced = link_expected && !block.ends_sentence;
    link_expected = announces_link(block);
    if (!is_text(blocks, i, folded_title) || announced) continue;
    if (!body.empty() && heads_links_alone(blocks, body.back(), i)) body.pop_back();
    body.push_back(i);
  }
  return body;
}

}  // namespace limier::extract
