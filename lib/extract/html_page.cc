#include "extract/html_page.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "extract/vocabulary.h"
#include "extract/words.h"
#include "text/dates.h"

namespace limier::extract {
namespace {

// What is never text, whatever it holds.
bool is_invisible(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_MARQUEE:
      return true;
    default:
      return false;
  }
}

// What stands within a line of text; all else breaks it.
bool is_inline(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_ACRONYM:
    case GUMBO_TAG_B:
    case GUMBO_TAG_BDI:
    case GUMBO_TAG_BDO:
    case GUMBO_TAG_BIG:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_DATA:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_DFN:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_FONT:
    case GUMBO_TAG_I:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_INS:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_MARK:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_RUBY:
    case GUMBO_TAG_S:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_STRIKE:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_TT:
    case GUMBO_TAG_U:
    case GUMBO_TAG_VAR:
    case GUMBO_TAG_WBR:
      return true;
    default:
      return false;
  }
}

bool is_heading(GumboTag tag) { return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6; }

// What an element says of its contents by its tag and attributes, before its size is looked at.
Region region_of(const GumboNode& node) {
  const GumboTag tag = node.v.element.tag;
  switch (tag) {
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_MENU:
      break;
    case GUMBO_TAG_FIGCAPTION:
      return Region::Caption;
    default:
      if (is_inline(tag) || is_heading(tag)) return Region::Open;
  }
  Region named = Region::Open;
  for (const char* name : {"class", "id", "role"}) {
    const Region region = region_of_name(attribute(node, name));
    if (region != Region::Open && named != Region::Clutter) named = region;
  }
  const bool clutter_tag = tag == GUMBO_TAG_NAV || tag == GUMBO_TAG_ASIDE || tag == GUMBO_TAG_FOOTER ||
                           tag == GUMBO_TAG_FORM || tag == GUMBO_TAG_MENU;
  if (!clutter_tag) return named;
  return named == Region::Breadcrumb || named == Region::Tags ? named : Region::Clutter;
}

bool is_hidden(const GumboNode& node) {
  return gumbo_get_attribute(&node.v.element.attributes, "hidden") != nullptr ||
         contains(attribute(node, "style"), "display:none") || contains(attribute(node, "style"), "display: none");
}

// A text node long enough to be a sentence: menus have none.
std::size_t prose_bytes(std::string_view text) {
  constexpr std::size_t sentence = 60;
  return text.size() >= sentence ? text.size() : 0;
}

struct Contents {
  std::size_t prose = 0;        // bytes in long text nodes
  std::size_t clean_prose = 0;  // … outside of clutter
  bool has_h1 = false;
};

// First walk: how much running text each element holds, which of them are clutter, and which is the article.
class PageOutline {
 public:
  explicit PageOutline(const GumboNode& root) {
    measure_contents(root);
    find_clutter(root);
    measure_clean_prose(root);
    find_article(root);
  }

  Region region(const GumboNode& node) const {
    const auto found = regions_.find(&node);
    return found == regions_.end() ? Region::Open : found->second;
  }

  /// The element that is marked as the article and holds most of the text; null if there is none.
  const GumboNode* article() const { return article_; }

 private:
  void measure_contents(const GumboNode& root) {
    std::vector<Contents> open(1);
    walk(
        root,
        [&](const GumboNode& node) {
          if (is_text(node)) open.back().prose += prose_bytes(text_of(node));
          if (!is_element(node) || is_invisible(node.v.element.tag)) return false;
          open.push_back({0, 0, is_element(node, GUMBO_TAG_H1)});
          return true;
        },
        [&](const GumboNode& node) {
          const Contents contents = open.back();
          open.pop_back();
          open.back().prose += contents.prose;
          open.back().has_h1 = open.back().has_h1 || contents.has_h1;
          if (contents.prose > 0 || contents.has_h1) contents_.emplace(&node, contents);
        });
    page_ = open.back();
  }

  Contents contents(const GumboNode& node) const {
    const auto found = contents_.find(&node);
    return found == contents_.end() ? Contents{} : found->second;
  }

  // A wrapper may be called `has-sidebar`, and a <form> may hold the whole page: what has most of the text, and the
  // title if the page has one, is not clutter.
  bool is_main_wrapper(const GumboNode& node) const {
    const Contents here = contents(node);
    return here.prose * 2 > page_.prose && (here.has_h1 || !page_.has_h1);
  }

  Region decide(const GumboNode& node, int articles_open) const {
    const GumboTag tag = node.v.element.tag;
    if (tag == GUMBO_TAG_HTML || tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_MAIN) return Region::Open;
    if (is_hidden(node) && !is_main_wrapper(node)) return Region::Clutter;
    // The head of an article holds its title and lead, that of a page its logo and menus.
    if (tag == GUMBO_TAG_HEADER && articles_open == 0 && !contents(node).has_h1) return Region::Clutter;
    const Region region = region_of(node);
    if (region == Region::Open || is_main_wrapper(node)) return Region::Open;
    // `date` or `author` on a whole article says when and by whom, not that it is a byline.
    const bool small_kind = region == Region::Byline || region == Region::Tags || region == Region::Breadcrumb;
    if (small_kind && (tag == GUMBO_TAG_ARTICLE || contents(node).prose > 400)) return Region::Open;
    return region;
  }

  void find_clutter(const GumboNode& root) {
    int articles_open = 0;
    walk(
        root,
        [&](const GumboNode& node) {
          if (!is_element(node) || is_invisible(node.v.element.tag)) return false;
          if (is_element(node, GUMBO_TAG_ARTICLE) || is_element(node, GUMBO_TAG_MAIN)) ++articles_open;
          const Region region = decide(node, articles_open);
          if (region != Region::Open) regions_.emplace(&node, region);
          return true;
        },
        [&](const GumboNode& node) {
          if (is_element(node, GUMBO_TAG_ARTICLE) || is_element(node, GUMBO_TAG_MAIN)) --articles_open;
        });
  }

  void measure_clean_prose(const GumboNode& root) {
    std::vector<std::size_t> open(1);
    walk(
        root,
        [&](const GumboNode& node) {
          if (is_text(node)) open.back() += prose_bytes(text_of(node));
          if (!is_element(node) || is_invisible(node.v.element.tag) || region(node) != Region::Open) return false;
          open.push_back(0);
          return true;
        },
        [&](const GumboNode& node) {
          const std::size_t prose = open.back();
          open.pop_back();
          open.back() += prose;
          if (prose > 0) contents_[&node].clean_prose = prose;
        });
    page_.clean_prose = open.back();
  }

  static bool is_marked_as_body(const GumboNode& node) { return contains(attribute(node, "itemprop"), "articleBody"); }

  // The body in microdata says it best, then <article>, then <main>; each only if it holds enough of the page's text.
  void find_article(const GumboNode& root) {
    int best_rank = 0;
    std::size_t best_prose = 0;
    walk(
        root,
        [&](const GumboNode& node) {
          if (!is_element(node) || is_invisible(node.v.element.tag) || region(node) != Region::Open) return false;
          const std::size_t prose = contents(node).clean_prose;
          int rank = 0;
          if (is_element(node, GUMBO_TAG_MAIN) || attribute(node, "role") == "main") rank = 1;
          if (is_element(node, GUMBO_TAG_ARTICLE) || attribute(node, "role") == "article") rank = 2;
          if (is_marked_as_body(node)) rank = 3;
          const bool enough = prose * 2 > page_.clean_prose;
          if (rank > 0 && enough && (rank > best_rank || (rank == best_rank && prose > best_prose))) {
            best_rank = rank;
            best_prose = prose;
            article_ = &node;
          }
          return prose > 0;
        },
        [](const GumboNode&) {});
  }

  std::unordered_map<const GumboNode*, Contents> contents_;
  std::unordered_map<const GumboNode*, Region> regions_;
  Contents page_;
  const GumboNode* article_ = nullptr;
};

// Second walk: the text as blocks.
class BlockBuilder {
 public:
  BlockBuilder(const GumboNode& root, const PageOutline& outline) : outline_(outline) {
    in_article_ = outline.article() == nullptr;
    regions_.push_back(Region::Open);
    walk(
        root, [this](const GumboNode& node) { return enter(node); }, [this](const GumboNode& node) { leave(node); });
    flush();
  }

  std::vector<Block> blocks;
  std::vector<std::string> tag_links;
  std::vector<std::string> section_links;

 private:
  bool enter(const GumboNode& node) {
    if (is_text(node)) {
      append(text_of(node));
      return false;
    }
    if (!is_element(node) || is_invisible(node.v.element.tag)) return false;
    const GumboTag tag = node.v.element.tag;
    if (tag == GUMBO_TAG_BR) {
      take_line_break();
      return false;
    }
    if (!is_inline(tag)) end_paragraph();
    const Region own = outline_.region(node);
    regions_.push_back(regions_.back() == Region::Open || regions_.back() == Region::Outside ? own : regions_.back());
    if (&node == outline_.article()) in_article_ = true;
    if (tag == GUMBO_TAG_A) ++links_open_;
    if (is_heading(tag)) kind_ = BlockKind::Heading;
    if (tag == GUMBO_TAG_LI || tag == GUMBO_TAG_DD || tag == GUMBO_TAG_DT) kind_ = BlockKind::ListItem;
    if (tag == GUMBO_TAG_TIME && current_.datetime.empty()) current_.datetime = parse_date(attribute(node, "datetime"));
    if (is_tag_link(node)) tag_links.push_back(collapse_spaces(inner_text(node)));
    if (contains(attribute(node, "rel"), "category")) section_links.push_back(collapse_spaces(inner_text(node)));
    return true;
  }

  void leave(const GumboNode& node) {
    const GumboTag tag = node.v.element.tag;
    if (!is_inline(tag)) end_paragraph();
    if (tag == GUMBO_TAG_A && links_open_ > 0) --links_open_;
    if (&node == outline_.article()) in_article_ = false;
    regions_.pop_back();
    if (is_heading(tag) || tag == GUMBO_TAG_LI || tag == GUMBO_TAG_DD || tag == GUMBO_TAG_DT)
      kind_ = BlockKind::Paragraph;
  }

  bool is_tag_link(const GumboNode& node) const {
    if (!is_element(node, GUMBO_TAG_A)) return false;
    return regions_.back() == Region::Tags || attribute(node, "rel") == "tag";
  }

  void append(std::string_view text) {
    const bool blank = text.find_first_not_of(" \t\r\n\f") == std::string_view::npos;
    if (!blank) line_breaks_ = 0;
    current_.text += text;
    if (links_open_ > 0) link_bytes_ += collapse_spaces(text).size();
  }

  // Two in a row part paragraphs; what one parts is looked at later.
  void take_line_break() {
    const bool second = line_breaks_ > 0;
    flush();
    line_breaks_ = 1;
    current_.continues = !second && !blocks.empty();
  }

  void end_paragraph() {
    flush();
    line_breaks_ = 0;
    current_.continues = false;
  }

  void flush() {
    Block block = std::exchange(current_, Block());
    const std::size_t link_bytes = std::exchange(link_bytes_, 0);
    block.text = collapse_spaces(block.text);
    if (is_blank(block.text)) {
      current_.datetime = std::move(block.datetime);
      return;
    }
    block.kind = kind_;
    block.region = regions_.back();
    if (block.region == Region::Open && !in_article_) block.region = Region::Outside;
    block.link_share = std::min(1.0, static_cast<double>(link_bytes) / static_cast<double>(block.text.size()));
    blocks.push_back(std::move(block));
  }

  const PageOutline& outline_;
  std::vector<Region> regions_;
  Block current_;
  BlockKind kind_ = BlockKind::Paragraph;
  bool in_article_ = false;
  int links_open_ = 0;
  int line_breaks_ = 0;
  std::size_t link_bytes_ = 0;
};

// A single <br> parts what is of different kinds, such as a title, its byline and the text; otherwise it is a space.
bool is_line_of_its_own(const Block& line, const std::vector<std::string>& folded_titles) {
  if (line.wording != Wording::Ordinary || line.link_share > 0.9) return true;
  return line.words >= 2 && std::any_of(folded_titles.begin(), folded_titles.end(),
                                        [&](const std::string& title) { return contains(title, line.folded_text); });
}

void join_lines(std::vector<Block>& lines, const std::vector<std::string>& titles) {
  std::vector<std::string> folded_titles;
  folded_titles.reserve(titles.size());
  for (const std::string& title : titles) folded_titles.push_back(folded(title));
  std::vector<Block> blocks;
  bool joinable = false;
  for (Block& line : lines) {
    const bool alone = is_line_of_its_own(line, folded_titles);
    if (line.continues && joinable && !alone && blocks.back().region == line.region) {
      Block& block = blocks.back();  // to be measured again
      const double link_bytes = block.link_share * static_cast<double>(block.text.size()) +
                                line.link_share * static_cast<double>(line.text.size());
      block.text += ' ';
      block.text += line.text;
      block.folded_text.clear();
      block.link_share = link_bytes / static_cast<double>(block.text.size());
    } else {
      blocks.push_back(std::move(line));
    }
    joinable = !alone;
  }
  lines = std::move(blocks);
}

}  // namespace

HtmlPage read_html(std::string html) {
  const HtmlTree tree(std::move(html));
  HtmlPage page;
  page.metadata = read_metadata(tree.root());
  const PageOutline outline(tree.root());
  BlockBuilder builder(tree.root(), outline);
  page.blocks = std::move(builder.blocks);
  page.tag_links = std::move(builder.tag_links);
  page.section_links = std::move(builder.section_links);
  measure(page.blocks);
  join_lines(page.blocks, page.metadata.titles);
  measure(page.blocks);
  return page;
}

}  // namespace limier::extract
