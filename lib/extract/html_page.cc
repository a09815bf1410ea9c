#include "extract/html_page.h"

#include <algorithm>
#include <utility>

#include "extract/vocabulary.h"
#include "extract/words.h"
#include "text/dates.h"

namespace limier::extract {
namespace {

bool is_heading(Tag t) { return t >= tag("h1") && t <= tag("h6"); }
bool is_list_item(Tag t) { return t == tag("li") || t == tag("dd") || t == tag("dt"); }
bool is_inline(Tag t) { return has_trait(t, Inline); }

// What an element says of its contents by its tag and attributes, before its size is looked at.
Region region_of(const HtmlTree& tree, NodeIndex node) {
  const Tag t = tree[node].tag;
  if (t == tag("figcaption")) return Region::Caption;
  if (is_inline(t) || is_heading(t)) return Region::Open;
  Region named = Region::Open;
  for (const KnownAttribute name : {KnownAttribute("class"), KnownAttribute("id"), KnownAttribute("role")}) {
    const Region region = region_of_name(tree.attribute(node, name));
    if (region != Region::Open && named != Region::Clutter) named = region;
  }
  const bool clutter_tag =
      t == tag("nav") || t == tag("aside") || t == tag("footer") || t == tag("form") || t == tag("menu");
  if (!clutter_tag) return named;
  return named == Region::Breadcrumb || named == Region::Tags ? named : Region::Clutter;
}

bool is_hidden(const HtmlTree& tree, NodeIndex node) {
  const std::string_view style = tree.attribute(node, "style");
  return tree.has_attribute(node, "hidden") || contains(style, "display:none") || contains(style, "display: none");
}

// A text node long enough to be a sentence: menus have none.
std::size_t prose_bytes(std::string_view text) {
  constexpr std::size_t sentence = 60;
  return text.size() >= sentence ? text.size() : 0;
}

// For each node, what `count` gives for all nodes before it that are not within an element to be skipped: the sum over
// an element is the difference between those at its end and at its beginning.
template <class Skip, class Count>
std::vector<std::size_t> sums_before(const HtmlTree& tree, const Skip& skip, const Count& count) {
  std::vector<std::size_t> sums(tree.nodes().size() + 1);
  NodeIndex skipped_until = 0;
  for (NodeIndex node = 0; node < tree.nodes().size(); ++node) {
    if (node >= skipped_until && skip(node)) skipped_until = tree[node].end;
    sums[node + 1] = sums[node] + (node < skipped_until ? 0 : count(tree[node]));
  }
  return sums;
}

std::size_t prose_bytes_of(const HtmlNode& node) { return node.is_text ? prose_bytes(node.text) : 0; }
std::size_t headings_of(const HtmlNode& node) { return !node.is_text && node.tag == tag("h1") ? 1 : 0; }

// How much running text each element holds, which of them are clutter, and which is the article.
class PageOutline {
 public:
  explicit PageOutline(const HtmlTree& tree) : tree_(tree), regions_(tree.nodes().size(), Region::Open) {
    const auto invisible = [&](NodeIndex node) { return is_invisible(node); };
    prose_ = sums_before(tree, invisible, prose_bytes_of);
    headings_ = sums_before(tree, invisible, headings_of);
    find_clutter();
    clean_prose_ = sums_before(
        tree, [&](NodeIndex node) { return is_invisible(node) || regions_[node] != Region::Open; }, prose_bytes_of);
    find_article();
  }

  Region region(NodeIndex node) const { return regions_[node]; }

  /// The element that is marked as the article and holds most of the text; no_node if there is none.
  NodeIndex article() const { return article_; }

 private:
  bool is_invisible(NodeIndex node) const { return has_trait(tree_[node].tag, Invisible); }

  std::size_t within(const std::vector<std::size_t>& sums, NodeIndex node) const {
    return sums[tree_[node].end] - sums[node];
  }

  // A wrapper may be called `has-sidebar`, and a <form> may hold the whole page: what has most of the text, and the
  // title if the page has one, is not clutter.
  bool is_main_wrapper(NodeIndex node) const {
    return within(prose_, node) * 2 > prose_.back() && (within(headings_, node) > 0 || headings_.back() == 0);
  }

  Region decide(NodeIndex node, bool in_article) const {
    const Tag t = tree_[node].tag;
    if (t == tag("html") || t == tag("body") || t == tag("main")) return Region::Open;
    if (is_hidden(tree_, node) && !is_main_wrapper(node)) return Region::Clutter;
    // The head of an article holds its title and lead, that of a page its logo and menus.
    if (t == tag("header") && !in_article && within(headings_, node) == 0) return Region::Clutter;
    const Region region = region_of(tree_, node);
    if (region == Region::Open || is_main_wrapper(node)) return Region::Open;
    // `date` or `author` on a whole article says when and by whom, not that it is a byline.
    const bool small_kind = region == Region::Byline || region == Region::Tags || region == Region::Breadcrumb;
    if (small_kind && (t == tag("article") || within(prose_, node) > 400)) return Region::Open;
    return region;
  }

  void find_clutter() {
    NodeIndex article_end = 0;
    for (NodeIndex node = 0; node < tree_.nodes().size();) {
      if (is_invisible(node)) {
        node = tree_[node].end;
        continue;
      }
      if (tree_.is(node, tag("article")) || tree_.is(node, tag("main")))
        article_end = std::max(article_end, tree_[node].end);
      if (!tree_[node].is_text) regions_[node] = decide(node, node < article_end);
      ++node;
    }
  }

  int rank_as_article(NodeIndex node) const {
    if (contains(tree_.attribute(node, "itemprop"), "articleBody")) return 3;
    const std::string_view role = tree_.attribute(node, "role");
    if (tree_.is(node, tag("article")) || role == "article") return 2;
    return tree_.is(node, tag("main")) || role == "main" ? 1 : 0;
  }

  // The body in microdata says it best, then <article>, then <main>; each only if it holds enough of the page's text.
  void find_article() {
    int best_rank = 0;
    std::size_t best_prose = 0;
    for (NodeIndex node = 0; node < tree_.nodes().size();) {
      const std::size_t prose = within(clean_prose_, node);
      if (prose == 0 || is_invisible(node) || regions_[node] != Region::Open) {
        node = tree_[node].end;
        continue;
      }
      const int rank = rank_as_article(node);
      const bool enough = prose * 2 > clean_prose_.back();
      if (rank > 0 && enough && (rank > best_rank || (rank == best_rank && prose > best_prose))) {
        best_rank = rank;
        best_prose = prose;
        article_ = node;
      }
      ++node;
    }
  }

  const HtmlTree& tree_;
  std::vector<Region> regions_;
  std::vector<std::size_t> prose_;        // bytes in long text nodes
  std::vector<std::size_t> clean_prose_;  // … outside of clutter
  std::vector<std::size_t> headings_;     // <h1>
  NodeIndex article_ = no_node;
};

// The text as blocks.
class BlockBuilder {
 public:
  BlockBuilder(const HtmlTree& tree, const PageOutline& outline) : tree_(tree), outline_(outline) {
    in_article_ = outline.article() == no_node;
    regions_.push_back(Region::Open);
    walk(
        tree, [this](NodeIndex node) { return enter(node); }, [this](NodeIndex node) { leave(node); });
    flush();
  }

  std::vector<Block> blocks;
  std::vector<std::string> tag_links;
  std::vector<std::string> section_links;

 private:
  bool enter(NodeIndex node) {
    if (tree_[node].is_text) {
      append(node);
      return false;
    }
    const Tag t = tree_[node].tag;
    if (has_trait(t, Invisible)) return false;
    if (t == tag("br")) {
      take_line_break();
      return false;
    }
    if (!is_inline(t)) end_paragraph();
    const Region own = outline_.region(node);
    regions_.push_back(regions_.back() == Region::Open || regions_.back() == Region::Outside ? own : regions_.back());
    if (node == outline_.article()) in_article_ = true;
    if (is_heading(t)) kind_ = BlockKind::Heading;
    if (is_list_item(t)) kind_ = BlockKind::ListItem;
    if (t == tag("time") && current_.datetime.empty())
      current_.datetime = parse_date(tree_.attribute(node, "datetime"));
    if (is_tag_link(node)) tag_links.push_back(collapse_spaces(tree_.inner_text(node)));
    if (contains(tree_.attribute(node, "rel"), "category"))
      section_links.push_back(collapse_spaces(tree_.inner_text(node)));
    return true;
  }

  void leave(NodeIndex node) {
    const Tag t = tree_[node].tag;
    if (!is_inline(t)) end_paragraph();
    if (node == outline_.article()) in_article_ = false;
    regions_.pop_back();
    if (is_heading(t) || is_list_item(t)) kind_ = BlockKind::Paragraph;
  }

  bool is_tag_link(NodeIndex node) const {
    if (!tree_.is(node, tag("a"))) return false;
    return regions_.back() == Region::Tags || tree_.attribute(node, "rel") == "tag";
  }

  void append(NodeIndex node) {
    const std::size_t before = current_.text.size();
    tree_.append_text(node, current_.text);
    const std::string_view text = std::string_view(current_.text).substr(before);
    const bool blank = text.find_first_not_of(" \t\r\n\f") == std::string_view::npos;
    if (!blank) line_breaks_ = 0;
    if (tree_[node].in_link && !blank) link_bytes_ += collapse_spaces(text).size();
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

  const HtmlTree& tree_;
  const PageOutline& outline_;
  std::vector<Region> regions_;
  Block current_;
  BlockKind kind_ = BlockKind::Paragraph;
  bool in_article_ = false;
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
  page.metadata = read_metadata(tree);
  const PageOutline outline(tree);
  BlockBuilder builder(tree, outline);
  page.blocks = std::move(builder.blocks);
  page.tag_links = std::move(builder.tag_links);
  page.section_links = std::move(builder.section_links);
  measure(page.blocks);
  join_lines(page.blocks, page.metadata.titles);
  measure(page.blocks);
  return page;
}

}  // namespace limier::extract
