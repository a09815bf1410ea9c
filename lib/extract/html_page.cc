#include "extract/html_page.h"

#include <algorithm>
#include <utility>

#include "extract/html_outline.h"
#include "extract/words.h"
#include "text/ascii.h"
#include "text/dates.h"

namespace limier::extract {
namespace {

bool is_heading(Tag t) { return t >= tag("h1") && t <= tag("h6"); }
bool is_list_item(Tag t) { return t == tag("li") || t == tag("dd") || t == tag("dt"); }
bool is_inline(Tag t) { return has_trait(t, Inline); }

// Holds paragraphs, and is not one itself.
bool is_container(Tag t) {
  return t == tag("div") || t == tag("section") || t == tag("article") || t == tag("main") || t == tag("td");
}

// The text as blocks.
class BlockBuilder {
 public:
  BlockBuilder(const HtmlTree& tree, const HtmlOutline& outline) : tree_(tree), outline_(outline) {
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
    if (has_trait(t, Invisible) || is_note_mark(node)) return false;
    if (t == tag("br")) {
      take_line_break();
      return false;
    }
    if (!is_inline(t)) end_paragraph();
    const Region own = outline_.region(node);
    regions_.push_back(regions_.back() == Region::Open || regions_.back() == Region::Outside ? own : regions_.back());
    if (is_container(t)) containers_.push_back(node);
    if (node == outline_.article()) in_article_ = true;
    if (is_heading(t)) {
      kind_ = BlockKind::Heading;
      level_ = t - tag("h1") + 1;
    }
    if (is_list_item(t)) kind_ = BlockKind::ListItem;
    if (t == tag("time") && current_.datetime.empty())
      current_.datetime = parse_date(tree_.attribute(node, "datetime"));
    if (t == tag("a")) take_link(node);
    return true;
  }

  // `1786<sup><a href="#note">2</a></sup>` is the year 1786.
  bool is_note_mark(NodeIndex node) const {
    constexpr NodeIndex most_nodes = 8;
    const NodeIndex end = tree_[node].end;
    if (!tree_.is(node, tag("sup")) || end - node < 2 || end - node > most_nodes) return false;
    const bool link = tree_.is(node + 1, tag("a")) && tree_[node + 1].end == end;
    return link && tree_.inner_text(node).find_first_not_of("0123456789[]() ") == std::string::npos;
  }

  void leave(NodeIndex node) {
    const Tag t = tree_[node].tag;
    if (!is_inline(t)) end_paragraph();
    if (node == outline_.article()) in_article_ = false;
    regions_.pop_back();
    if (is_container(t)) containers_.pop_back();
    if (is_heading(t) || is_list_item(t)) kind_ = BlockKind::Paragraph;
  }

  void take_link(NodeIndex link) {
    const std::string_view rel = tree_.attribute(link, "rel");
    const bool is_tag = regions_.back() == Region::Tags || rel == "tag";
    const bool is_section = contains(rel, "category");
    const bool is_author = contains(rel, "author");
    if (!is_tag && !is_section && !is_author) return;
    const std::string text = collapse_spaces(tree_.inner_text(link));
    if (is_tag) tag_links.push_back(text);
    if (is_section) section_links.push_back(text);
    if (is_author) current_.author_links.push_back(text);
  }

  void append(NodeIndex node) {
    const std::size_t before = current_.text.size();
    tree_.append_text(node, current_.text);
    const std::string_view text = std::string_view(current_.text).substr(before);
    const auto spaces = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_ascii_space));
    const std::size_t bytes = text.size() - spaces;
    if (bytes > 0) line_breaks_ = 0;
    text_bytes_ += bytes;
    if (tree_[node].in_link) link_bytes_ += bytes;
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

  // What is blank says nothing, but its <time> may be that of the line below.
  void flush() {
    if (is_blank(current_.text)) {
      current_.text.clear();
      current_.author_links.clear();
      text_bytes_ = link_bytes_ = 0;
      return;
    }
    Block block = std::exchange(current_, Block());
    block.link_share =
        static_cast<double>(std::exchange(link_bytes_, 0)) / static_cast<double>(std::exchange(text_bytes_, 0));
    block.text = collapse_spaces(block.text);
    block.kind = kind_;
    if (kind_ == BlockKind::Heading) block.level = level_;
    block.region = regions_.back();
    if (!containers_.empty()) block.container = containers_.back();
    if (block.region == Region::Open && !in_article_) block.region = Region::Outside;
    blocks.push_back(std::move(block));
  }

  const HtmlTree& tree_;
  const HtmlOutline& outline_;
  std::vector<Region> regions_;
  std::vector<NodeIndex> containers_;
  Block current_;
  BlockKind kind_ = BlockKind::Paragraph;
  int level_ = 0;  // of the last heading
  bool in_article_ = false;
  int line_breaks_ = 0;
  std::size_t text_bytes_ = 0;  // of current_, without spaces
  std::size_t link_bytes_ = 0;  // … in links
};

// A single <br> parts what is of different kinds, such as a title, its byline and the text; otherwise it is a space.
bool is_line_of_its_own(const Block& line, const std::vector<std::string>& folded_titles) {
  if (line.wording != Wording::Ordinary || line.link_share > 0.9) return true;
  return line.words >= 2 && std::any_of(folded_titles.begin(), folded_titles.end(),
                                        [&](const std::string& title) { return contains(title, line.folded_text); });
}

void join_lines(std::vector<Block>& lines, const std::vector<std::string>& titles) {
  if (std::ranges::none_of(lines, &Block::continues)) return;
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
  measure(lines);
}

}  // namespace

HtmlPage read_html(std::string html) {
  const HtmlTree tree(std::move(html));
  HtmlPage page;
  const HtmlOutline outline(tree);
  page.metadata = read_metadata(tree, outline);
  BlockBuilder builder(tree, outline);
  page.blocks = std::move(builder.blocks);
  page.tag_links = std::move(builder.tag_links);
  page.section_links = std::move(builder.section_links);
  measure(page.blocks);
  join_lines(page.blocks, page.metadata.titles);
  return page;
}

}  // namespace limier::extract
