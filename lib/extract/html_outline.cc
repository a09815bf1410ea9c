#include "extract/html_outline.h"

#include <algorithm>
#include <string_view>

#include "extract/vocabulary.h"
#include "extract/words.h"

namespace limier::extract {
namespace {

bool is_heading(Tag t) { return t >= tag("h1") && t <= tag("h6"); }

// What an element says of its contents by its tag and attributes, before its size is looked at.
Region region_of(const HtmlTree& tree, NodeIndex node) {
  const Tag t = tree[node].tag;
  if (t == tag("figcaption")) return Region::Caption;
  if (has_trait(t, Inline) || is_heading(t)) return Region::Open;
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
    sums[node + 1] = sums[node] + (node < skipped_until ? 0 : count(node));
  }
  return sums;
}

// A line for a reader to fill in.
bool is_field(const HtmlTree& tree, NodeIndex node) {
  if (!tree.is(node, tag("input"))) return false;
  const std::string_view type = tree.attribute(node, "type");
  return type.empty() || type == "text" || type == "email" || type == "tel";
}

}  // namespace

HtmlOutline::HtmlOutline(const HtmlTree& tree) : tree_(tree), regions_(tree.nodes().size(), Region::Open) {
  const auto prose = [&](NodeIndex node) { return tree[node].is_text ? prose_bytes(tree[node].text) : 0; };
  const auto heading = [&](NodeIndex node) { return tree.is(node, tag("h1")) ? 1U : 0U; };
  const auto field = [&](NodeIndex node) { return is_field(tree, node) ? 1U : 0U; };
  const auto invisible = [&](NodeIndex node) { return is_invisible(node); };
  prose_ = sums_before(tree, invisible, prose);
  headings_ = sums_before(tree, invisible, heading);
  fields_ = sums_before(
      tree, [](NodeIndex) { return false; }, field);
  find_clutter();
  clean_prose_ = sums_before(
      tree, [&](NodeIndex node) { return is_invisible(node) || regions_[node] != Region::Open; }, prose);
  find_article();
}

// A wrapper may be called `has-sidebar`, and a <form> may hold the whole page: what has most of the text, and the
// title if the page has one, is not clutter.
bool HtmlOutline::is_main_wrapper(NodeIndex node) const {
  return within(prose_, node) * 2 > prose_.back() && (within(headings_, node) > 0 || headings_.back() == 0);
}

// A few sentences around a field, such as `Votre adresse`, ask for something and are of no article.
bool HtmlOutline::is_form_box(NodeIndex node) const {
  constexpr std::size_t most_prose = 600;  // bytes
  const std::size_t prose = within(prose_, node);
  return within(fields_, node) > 0 && prose > 0 && prose <= most_prose && within(headings_, node) == 0;
}

Region HtmlOutline::decide(NodeIndex node, bool in_article) const {
  const Tag t = tree_[node].tag;
  if (t == tag("html") || t == tag("body") || t == tag("main")) return Region::Open;
  if (is_hidden(tree_, node) && !is_main_wrapper(node)) return Region::Clutter;
  // The head of an article holds its title and lead, that of a page its logo and menus.
  if (t == tag("header") && !in_article && within(headings_, node) == 0) return Region::Clutter;
  const Region region = is_form_box(node) ? Region::Clutter : region_of(tree_, node);
  if (region == Region::Open || is_main_wrapper(node)) return Region::Open;
  // `date` or `author` on a whole article says when and by whom, not that it is a byline.
  const bool small_kind = region == Region::Byline || region == Region::Tags || region == Region::Breadcrumb;
  if (small_kind && (t == tag("article") || within(prose_, node) > 400)) return Region::Open;
  return region;
}

void HtmlOutline::find_clutter() {
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

int HtmlOutline::rank_as_article(NodeIndex node) const {
  if (contains(tree_.attribute(node, "itemprop"), "articleBody")) return 3;
  const std::string_view role = tree_.attribute(node, "role");
  if (tree_.is(node, tag("article")) || role == "article") return 2;
  return tree_.is(node, tag("main")) || role == "main" ? 1 : 0;
}

// The body in microdata says it best, then <article>, then <main>; each only if it holds enough of the page's text.
void HtmlOutline::find_article() {
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

}  // namespace limier::extract
