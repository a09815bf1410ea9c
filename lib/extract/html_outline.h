#pragma once

#include <cstddef>
#include <vector>

#include "extract/block.h"
#include "extract/html_tree.h"

namespace limier::extract {

/// How much running text each element of a page holds, which of them are clutter, and which is the article. REQUIRES
/// the tree to outlive it. Thread rule: read by any number of threads.
class HtmlOutline {
 public:
  explicit HtmlOutline(const HtmlTree& tree);

  /// What an element says of its contents by its tag, its names and its size. Elements within it may say otherwise.
  Region region(NodeIndex node) const { return regions_[node]; }

  /// The element that is marked as the article and holds most of the text; no_node if there is none.
  NodeIndex article() const { return article_; }

  /// The element holds more than half of the running text outside of clutter.
  bool holds_text(NodeIndex node) const { return within(clean_prose_, node) * 2 > clean_prose_.back(); }

  /// The element holds the page's only <h1>.
  bool holds_heading(NodeIndex node) const { return headings_.back() == 1 && within(headings_, node) == 1; }

 private:
  bool is_invisible(NodeIndex node) const { return has_trait(tree_[node].tag, Invisible); }

  std::size_t within(const std::vector<std::size_t>& sums, NodeIndex node) const {
    return sums[tree_[node].end] - sums[node];
  }

  bool is_main_wrapper(NodeIndex node) const;
  bool is_form_box(NodeIndex node) const;
  Region decide(NodeIndex node, bool in_article) const;
  void find_clutter();
  int rank_as_article(NodeIndex node) const;
  void find_article();

  const HtmlTree& tree_;
  std::vector<Region> regions_;
  std::vector<std::size_t> prose_;        // bytes in long text nodes
  std::vector<std::size_t> clean_prose_;  // … outside of clutter
  std::vector<std::size_t> headings_;     // <h1>
  std::vector<std::size_t> fields_;       // lines to fill in
  NodeIndex article_ = no_node;
};

}  // namespace limier::extract
