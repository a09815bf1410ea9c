#include "extract/article.h"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "extract/block.h"
#include "extract/byline.h"
#include "extract/dump_page.h"
#include "extract/html_page.h"
#include "extract/main_text.h"
#include "extract/title.h"
#include "extract/vocabulary.h"
#include "extract/words.h"
#include "text/dates.h"

namespace limier::extract {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

std::string joined(const std::vector<Block>& blocks, const std::vector<std::size_t>& chosen) {
  std::string body;
  for (const std::size_t i : chosen) {
    if (!body.empty()) body += '\n';
    body += blocks[i].text;
  }
  return body;
}

template <class Field>
void set_if_empty(Field& field, Field value) {
  if (field.empty()) field = std::move(value);
}

void add_byline(Document& document, Byline byline) {
  set_if_empty(document.date, std::move(byline.date));
  set_if_empty(document.authors, std::move(byline.authors));
  set_if_empty(document.sections, std::move(byline.sections));
  set_if_empty(document.tags, std::move(byline.tags));
  set_if_empty(document.source, std::move(byline.source));
  document.values.merge(byline.values);
}

std::vector<std::string> list_after_colon(const std::string& line) {
  std::vector<std::string> items = split(after_colon(line), ",");
  return items;
}

// `Source :` may have its name in the next block.
std::string source_at(const std::vector<Block>& blocks, std::size_t i) {
  constexpr std::size_t most_words = 8;
  std::string source = after_colon(blocks[i].text);
  if (source.empty() && i + 1 < blocks.size() && blocks[i + 1].words <= most_words) source = blocks[i + 1].text;
  return source;
}

// `<time datetime="2025-06-03T14:30+03:00">mardi 3 juin 2025</time>` is the same day, said more exactly; of
// `<time datetime="2025-06-03">il y a 3 jours</time>` the text need not be understood. A <time> may also be that of an
// update.
Byline byline_of(const Block& block, std::string_view captured = {}) {
  Byline byline = parse_byline(block.text, captured);
  const std::string& exact = block.datetime;
  const bool same_day = !byline.date.empty() && exact.starts_with(byline.date.substr(0, 10));
  const bool instead = byline.dated && !byline.updated && !find_date(block.text) && !byline.date.starts_with(exact);
  if (instead || (same_day && exact.size() > byline.date.size())) byline.date = exact;
  return byline;
}

std::vector<std::string> linked_authors(const Block& block) {
  std::vector<std::string> authors;
  for (const std::string& name : block.author_links) {
    for (std::string& author : parse_authors(name)) authors.push_back(std::move(author));
  }
  return authors;
}

// What a line beside the body says of the article.
void add_neighbour(Document& document, const std::vector<Block>& blocks, std::size_t i) {
  const Block& block = blocks[i];
  switch (block.wording) {
    case Wording::Source:
      set_if_empty(document.source, source_at(blocks, i));
      break;
    case Wording::Tags:
      set_if_empty(document.tags, list_after_colon(block.text));
      break;
    case Wording::Breadcrumb:
      set_if_empty(document.sections, parse_breadcrumb(block.text));
      break;
    case Wording::Date:
    case Wording::Byline:
      add_byline(document, byline_of(block));
      break;
    case Wording::Ordinary:
      if (block.region == Region::Byline) set_if_empty(document.authors, parse_signature(block.text));
      break;
    default:
      break;
  }
  if (document.authors.empty()) document.authors = linked_authors(block);
}

std::string site_of_footer(const std::vector<Block>& blocks) {
  // The last one: what stands above may be the copyright of a picture.
  for (auto block = blocks.rbegin(); block != blocks.rend(); ++block) {
    const bool sign = contains(block->text, "©") || block->folded_text.starts_with("copyright") ||
                      block->folded_text.starts_with("(c)");
    if (!sign || block->words > 30) continue;
    if (std::string site = site_of_copyright(block->text); !site.empty()) return site;
  }
  return {};
}

// The words that carry meaning, cut short so that `terroriste` meets `terrorisme`.
std::unordered_set<std::string> key_words(const Block& block) {
  constexpr std::size_t stem = 6;  // bytes
  std::unordered_set<std::string> keys;
  for (const std::string_view word : words_of(block.folded_text)) {
    if (word.size() > 2 && !is_stop_word(word)) keys.emplace(word.substr(0, stem));
  }
  return keys;
}

// Finds the title of a dump's article among the lines above its body.
class DumpTitle {
 public:
  DumpTitle(const std::vector<Block>& blocks, Span span) : blocks_(blocks), span_(span) {
    for (std::size_t i = span.begin; i < span.end; ++i) body_words_.merge(key_words(blocks[i]));
  }

  /// Its index; `none` where no line can be it.
  std::size_t find() const {
    constexpr std::size_t furthest = 40;  // lines
    std::size_t best = none;
    double best_score = 0;
    const std::size_t first = span_.begin > furthest ? span_.begin - furthest : 0;
    for (std::size_t i = span_.begin; i-- > first;) {
      if (!can_be_title(blocks_[i])) continue;
      const double points = likeness(i);
      if (points <= best_score) continue;
      best_score = points;
      best = i;
    }
    return best;
  }

 private:
  static bool can_be_title(const Block& block) {
    if (block.wording != Wording::Ordinary || block.kind == BlockKind::ListItem) return false;
    return block.words >= 2 && block.words <= 40 && !block.ends_in_date && !block.ends_in_dots;
  }

  bool gap_below(std::size_t i) const { return i + 1 >= blocks_.size() || blocks_[i + 1].after_gap; }

  // In a box of links to other articles: from `À lire aussi` to the next blank line.
  bool in_box(std::size_t i) const {
    while (i > 0 && !blocks_[i].after_gap) {
      --i;
      if (blocks_[i].wording == Wording::ReadAlso) return true;
    }
    return false;
  }

  // Lines between it and the body that are neither byline nor date nor the title again, nor links to other articles.
  std::size_t strange_lines_below(std::size_t candidate) const {
    std::size_t strange = 0;
    for (std::size_t i = candidate + 1; i < span_.begin; ++i) {
      const Block& block = blocks_[i];
      const bool expected = block.wording != Wording::Ordinary || block.folded_text == blocks_[candidate].folded_text;
      strange += expected || in_box(i) ? 0U : 1U;
    }
    return strange;
  }

  double shared_words(const Block& block) const {
    const std::unordered_set<std::string> words = key_words(block);
    if (words.empty()) return 0;
    const auto shared =
        std::count_if(words.begin(), words.end(), [&](const std::string& word) { return body_words_.contains(word); });
    return static_cast<double>(shared) / static_cast<double>(words.size());
  }

  // A title speaks of what the body speaks of, and stands near it, on a line of its own, often twice.
  double likeness(std::size_t i) const {
    constexpr std::size_t most_strange_lines = 12;
    const Block& block = blocks_[i];
    double points = 2 + 3 * shared_words(block);
    if (block.after_gap && gap_below(i)) points += 1;
    if (block.repeats > 0) points += 0.5;
    if (block.indent == 0) points += 0.5;
    if (block.words >= 4) points += 0.5;
    if (block.ends_sentence && !block.text.ends_with('?') && !block.text.ends_with('!')) points -= 1.5;
    if (in_box(i)) points -= 2;
    if (find_date(block.text)) points -= 2;  // a caption: `Le président à Phoenix, le 23 juin 2020 en Arizona`
    if (i > 0 && blocks_[i - 1].wording == Wording::Byline) points -= 2;  // a lead
    return points - 0.15 * static_cast<double>(std::min(strange_lines_below(i), most_strange_lines));
  }

  const std::vector<Block>& blocks_;
  Span span_;
  std::unordered_set<std::string> body_words_;
};

bool may_be_lead(const Block& block) {
  return block.wording == Wording::Ordinary && block.kind != BlockKind::ListItem && block.words >= 4 &&
         block.repeats == 0 && block.region == Region::Open && block.link_share < 0.5;
}

// A lead may have no full stop, or be too short to outweigh the byline below it. It stands between the title or byline
// and the text, or between title and byline, and nothing else does.
Span with_lead(const std::vector<Block>& blocks, Span span, std::size_t title) {
  constexpr std::size_t most_leads = 2;  // blocks
  constexpr std::size_t furthest = 5;    // with the bylines among them
  std::optional<std::size_t> below_byline;
  std::size_t first = span.begin;
  std::size_t leads = 0;
  for (std::size_t i = span.begin; i-- > span.begin - std::min(span.begin, furthest);) {
    const Block& block = blocks[i];
    if (i == title) return {first, span.end};
    if (block.wording == Wording::Byline || block.wording == Wording::Date) {
      if (!below_byline) below_byline = first;
    } else if (parse_byline(block.text).is_byline) {
      return {first, span.end};
    } else if (may_be_lead(block) && ++leads <= most_leads) {
      first = i;
    } else {
      break;
    }
  }
  return {below_byline.value_or(span.begin), span.end};
}

constexpr std::size_t lead = 3;  // blocks of a text that may be its lead, with the byline below it

// In the text itself a date is an intertitle of a chronology, unless none was seen and the lead alone stands above it.
void read_span(Document& document, const std::vector<Block>& blocks, Span span) {
  for (std::size_t i = span.begin; i < span.end; ++i) {
    const bool late_byline =
        blocks[i].wording == Wording::Date || blocks[i].wording == Wording::Byline || !blocks[i].author_links.empty();
    if (late_byline && (i >= span.begin + lead || !document.date.empty())) continue;
    if (blocks[i].region != Region::Clutter) add_neighbour(document, blocks, i);
  }
}

// Lines below the body belong to it until something else begins; blank lines do not count.
void read_below(Document& document, const std::vector<Block>& blocks, Span span) {
  constexpr std::size_t furthest = 6;
  for (std::size_t i = span.end; i < std::min(blocks.size(), span.end + furthest); ++i) {
    const Block& block = blocks[i];
    if (block.region == Region::Clutter) continue;
    const bool other_thing =
        block.wording == Wording::OtherArea || block.wording == Wording::ReadAlso || block.link_share > 0.5;
    if (other_thing || (block.wording == Wording::Ordinary && block.region == Region::Open)) return;
    add_neighbour(document, blocks, i);
  }
}

// Where the title stands among the blocks before the text; `none` where it does not.
std::size_t title_block(const std::vector<Block>& blocks, Span span, const std::string& folded_title) {
  if (folded_title.empty()) return none;
  for (std::size_t i = std::min(span.begin + 1, blocks.size()); i-- > 0;) {
    if (blocks[i].region != Region::Clutter && blocks[i].folded_text == folded_title) return i;
  }
  return none;
}

std::size_t prose_words(const std::vector<Block>& blocks, Span span) {
  std::size_t words = 0;
  for (std::size_t i = span.begin; i < span.end; ++i) words += is_prose(blocks[i]) ? blocks[i].words : 0;
  return words;
}

// An article begins below its title: what stands above it in full sentences is a notice about cookies, or of the site.
Span below_heading(const std::vector<Block>& blocks, Span span, const std::string& folded_title) {
  for (std::size_t i = span.begin + 1; i < span.end; ++i) {
    if (blocks[i].kind != BlockKind::Heading || blocks[i].folded_text != folded_title) continue;
    const Span below = {i, span.end};
    const bool enough = prose_words(blocks, below) * 3 > prose_words(blocks, span);
    return enough ? below : span;
  }
  return span;
}

// `Accueil` / `Économie` as links of a list, or in one line.
std::vector<std::string> breadcrumb_sections(const std::vector<Block>& blocks, const std::string& folded_title) {
  constexpr std::size_t longest_section = 60;  // bytes; what is longer is the title again
  std::vector<std::string> path;
  for (const Block& block : blocks) {
    if (block.wording == Wording::Breadcrumb && block.region != Region::Clutter) {
      path = parse_breadcrumb(block.text);
      break;
    }
    if (block.region != Region::Breadcrumb) continue;
    const std::vector<std::string> steps = parse_breadcrumb("Accueil > " + block.text);
    path.insert(path.end(), steps.begin(), steps.end());
  }
  std::erase_if(path, [&](const std::string& step) {
    const std::string plain = folded(step);
    const bool letters = std::any_of(plain.begin(), plain.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    return plain == folded_title || is_home(plain) || step.size() > longest_section || plain.size() < 2 || !letters;
  });
  return path;
}

// `Accueil`, `Logement`, `Déménagement`, and then the title: a list that begins at home and ends with the title is its
// path, wherever it stands.
std::vector<std::string> path_to_title(const std::vector<Block>& blocks, const std::string& folded_title) {
  constexpr std::size_t longest = 6;
  std::vector<std::string> path;
  for (const Block& block : blocks) {
    if (block.kind != BlockKind::ListItem || begins_at_home(block.folded_text)) path.clear();
    if (block.kind != BlockKind::ListItem) continue;
    if (block.folded_text == folded_title && path.size() > 1 && path.size() <= longest) {
      path.erase(path.begin());
      return path;
    }
    if (!path.empty() || begins_at_home(block.folded_text)) path.push_back(block.text);
  }
  return {};
}

// Where nothing but clutter is left, a name misled: the `commentaires` of a match are its report.
void reopen_clutter(std::vector<Block>& blocks) {
  for (Block& block : blocks) {
    if (block.region == Region::Clutter || block.region == Region::Outside) block.region = Region::Open;
  }
}

// The first lines below the title, before anything that is neither a byline nor running text.
void read_bylines_below_title(Document& document, const std::vector<Block>& blocks, std::size_t title, std::size_t end,
                              std::string_view captured) {
  for (std::size_t i = title + 1; i < end; ++i) {
    const Block& block = blocks[i];
    const bool beside = block.region == Region::Clutter || block.region == Region::Caption ||
                        block.wording == Wording::Share || block.wording == Wording::Caption;
    if (beside) continue;
    if (block.kind == BlockKind::ListItem) return;
    const bool named = block.region != Region::Open && block.region != Region::Outside;
    Byline byline = byline_of(block, captured);
    if (byline.is_byline) {
      add_byline(document, std::move(byline));
    } else if (!named && !is_prose(block)) {
      return;
    }
  }
}

// `il y a 3 jours` and `mardi 3 juin` stand in teasers and in the text as well: they are a date of publication only
// where a byline is expected, and only if there is no full date.
void read_relative_date(Document& document, const std::vector<Block>& blocks, Span span, std::size_t title,
                        std::string_view captured) {
  if (!document.date.empty()) return;
  if (title != none) read_bylines_below_title(document, blocks, title, span.begin, captured);
  for (std::size_t i = span.begin; i < std::min(span.end, span.begin + lead); ++i) {
    const bool byline = blocks[i].wording == Wording::Byline && blocks[i].region != Region::Clutter;
    if (byline) add_byline(document, byline_of(blocks[i], captured));
  }
}

// From below the title to the end of the text, and a little further.
void read_visible_metadata(Document& document, const std::vector<Block>& blocks, Span span, std::size_t title,
                           std::string_view captured) {
  constexpr std::size_t nearest = 8;  // blocks above the text, where the title is not found
  const std::size_t first = title != none ? title + 1 : span.begin - std::min(span.begin, nearest);
  for (std::size_t i = first; i < span.begin; ++i) {
    if (blocks[i].region != Region::Clutter) add_neighbour(document, blocks, i);
  }
  read_span(document, blocks, span);
  read_below(document, blocks, span);
  read_relative_date(document, blocks, span, title, captured);
}

// The path of sections may stand above the title; a date there belongs to the last teaser.
void read_above_title(Document& document, const std::vector<Block>& blocks, std::size_t title) {
  constexpr std::size_t furthest = 3;
  for (std::size_t i = title; i-- > title - std::min(title, furthest);) {
    if (blocks[i].wording == Wording::Breadcrumb) return add_neighbour(document, blocks, i);
  }
}

bool is_plain_prose(const std::vector<Block>& blocks) {
  std::size_t prose = 0;
  std::size_t all = 0;
  for (const Block& block : blocks) {
    const bool clutter = block.wording == Wording::Share || block.wording == Wording::OtherArea ||
                         block.wording == Wording::Contact || block.wording == Wording::Template;
    if (clutter || block.kind == BlockKind::ListItem) return false;
    all += block.text.size();
    if (is_prose(block) || block.ends_sentence) prose += block.text.size();
  }
  return prose * 10 >= all * 8;
}

bool looks_like_title(const Block& block) {
  return block.wording == Wording::Ordinary && block.words >= 1 && block.words <= 25 && !block.text.ends_with('.') &&
         !block.text.ends_with(',') && !block.text.ends_with(';');
}

// Fills in what a report shows.
void report(const std::vector<Block>& blocks, std::size_t title, const std::vector<std::size_t>& body,
            std::vector<PageBlock>* reported) {
  if (reported == nullptr) return;
  for (const Block& block : blocks)
    reported->push_back({block.text, PageBlock::Use::Dropped, description_of(block), score(block)});
  if (title < blocks.size()) (*reported)[title].use = PageBlock::Use::Title;
  for (const std::size_t i : body) (*reported)[i].use = PageBlock::Use::Text;
}

// A text that is no page: all of it is the article.
Document plain_document(const std::vector<Block>& blocks, std::vector<PageBlock>* reported) {
  Document document;
  std::size_t first = 0;
  if (blocks.size() > 1 && looks_like_title(blocks.front())) {
    document.title = blocks.front().text;
    first = 1;
    if (const Wording below = blocks[1].wording; below == Wording::Byline || below == Wording::Date) {
      add_neighbour(document, blocks, 1);
      first = 2;
    }
  }
  std::vector<std::size_t> all;
  for (std::size_t i = first; i < blocks.size(); ++i) all.push_back(i);
  document.body = joined(blocks, all);
  report(blocks, first > 0 ? 0 : none, all, reported);
  return document;
}

// The address that the page itself gives as its own is the best.
void mark_repeated(std::vector<Block>& blocks, const PageContext& context, const std::string& canonical) {
  if (context.repeated == nullptr) return;
  mark_repeated(blocks, context.repeated->on_site_of(canonical.empty() ? context.url : canonical));
}

}  // namespace

Document article_of_dump(std::string_view dump, std::vector<PageBlock>* reported, const PageContext& context) {
  std::vector<Block> blocks = dump_blocks(dump);
  if (const std::vector<Block> paragraphs = unwrapped_blocks(dump); !paragraphs.empty() && is_plain_prose(paragraphs)) {
    return plain_document(paragraphs, reported);
  }
  if (is_plain_prose(blocks)) return plain_document(blocks, reported);
  mark_repeated(blocks, context, {});
  Document document;
  Span span = find_article(blocks);
  if (span.begin == span.end) {
    report(blocks, none, {}, reported);
    return document;
  }
  const std::size_t title = DumpTitle(blocks, span).find();
  std::string folded_title;
  if (title != none) {
    document.title = blocks[title].text;
    folded_title = blocks[title].folded_text;
    document.sections = path_to_title(blocks, folded_title);
    read_above_title(document, blocks, title);
    for (std::size_t i = title + 1; i < span.begin; ++i) add_neighbour(document, blocks, i);
  }
  read_span(document, blocks, span);
  read_below(document, blocks, span);
  read_relative_date(document, blocks, span, title, context.captured);
  document.site = site_of_footer(blocks);
  const std::vector<std::size_t> body = body_blocks(blocks, with_lead(blocks, span, title), folded_title);
  document.body = joined(blocks, body);
  report(blocks, title, body, reported);
  return document;
}

Document article_of_html(std::string html, std::vector<PageBlock>* reported, const PageContext& context) {
  HtmlPage page = read_html(std::move(html));
  mark_repeated(page.blocks, context, page.metadata.document.url);
  const std::vector<Block>& blocks = page.blocks;
  Document document = std::move(page.metadata.document);
  set_if_empty(document.site, site_of_footer(blocks));
  set_if_empty(document.site, site_of_heading(blocks));
  document.title = choose_title(page.metadata.titles, blocks, document.site);
  const std::string folded_title = folded(document.title);
  Span span = find_article(blocks);
  if (span.begin == span.end) {
    reopen_clutter(page.blocks);
    span = find_article(blocks);
  }
  if (span.begin == span.end) {
    report(blocks, none, {}, reported);
    return document;
  }
  std::size_t title = title_block(blocks, span, folded_title);
  if (title == none && !page.metadata.titles.empty()) {
    span = below_heading(blocks, span, folded_title);
    title = title_block(blocks, span, folded_title);
  }
  set_if_empty(document.sections, path_to_title(blocks, folded_title));
  // Some name themselves where a page is asked for its author, and him in the byline.
  const bool names_itself = document.authors == std::vector<std::string>{document.site};
  std::vector<std::string> itself = names_itself ? std::exchange(document.authors, {}) : std::vector<std::string>();
  read_visible_metadata(document, blocks, span, title, context.captured);
  set_if_empty(document.authors, std::move(itself));
  set_if_empty(document.sections, breadcrumb_sections(blocks, folded_title));
  set_if_empty(document.sections, std::move(page.section_links));
  set_if_empty(document.tags, std::move(page.tag_links));
  const std::vector<std::size_t> body = body_blocks(blocks, with_lead(blocks, span, title), folded_title);
  document.body = joined(blocks, body);
  report(blocks, title, body, reported);
  return document;
}

}  // namespace limier::extract
