#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/html_tokenizer.h"

namespace limier::extract {

/// The place of a node in the order of the page; the root is 0.
using NodeIndex = std::uint32_t;
constexpr NodeIndex no_node = std::numeric_limits<NodeIndex>::max();

/// An element or a text.
struct HtmlNode {
  std::string_view text;  ///< Of a text: as it stands in the page. Empty for elements.
  NodeIndex end = 0;      ///< Behind the last node within it.
  std::uint32_t first_attribute = 0;
  std::uint8_t attributes = 0;
  Tag tag = 0;
  bool is_text = false;
  bool is_raw = false;   ///< A text without entities, that of a <script>.
  bool in_link = false;  ///< A text within <a>.
};

/// A parsed page: its nodes in document order, so that what is within a node follows it. It is the tree that browsers
/// build (HTML standard, section 13.2.6) as far as text, its order and its breaks go. It differs in that what is
/// misplaced in a table stays in it, in that <b> and the like that overlap with a block end with it, and in that
/// elements nested deeper than 512 are left out, their contents not. REQUIRES a page below 4 GiB.
/// Thread rule: read by any number of threads.
class HtmlTree {
 public:
  explicit HtmlTree(std::string html);
  HtmlTree(const HtmlTree&) = delete;
  HtmlTree& operator=(const HtmlTree&) = delete;

  std::span<const HtmlNode> nodes() const { return nodes_; }
  const HtmlNode& operator[](NodeIndex node) const { return nodes_[node]; }

  bool is(NodeIndex node, Tag tag) const { return nodes_[node].tag == tag && !nodes_[node].is_text; }

  /// The attributes of an element whose names extraction knows, their values as they stand in the page.
  std::span<const HtmlAttribute> attributes(NodeIndex node) const {
    return std::span(attributes_).subspan(nodes_[node].first_attribute, nodes_[node].attributes);
  }
  /// The value of an attribute as it stands in the page; empty where the element has none.
  std::string_view attribute(NodeIndex node, KnownAttribute name) const;
  bool has_attribute(NodeIndex node, KnownAttribute name) const;

  /// Appends what a text node says, its entities replaced.
  void append_text(NodeIndex node, std::string& out) const;
  /// All text within a node.
  std::string inner_text(NodeIndex node) const;

 private:
  const HtmlAttribute* find_attribute(NodeIndex node, KnownAttribute name) const;

  std::string html_;  // the nodes point into it
  std::vector<HtmlNode> nodes_;
  std::vector<HtmlAttribute> attributes_;
};

/// Walks the tree in document order. `enter(node)` says whether to go into the node, `leave(node)` is called for each
/// element that was gone into.
template <class Enter, class Leave>
void walk(const HtmlTree& tree, const Enter& enter, const Leave& leave) {
  std::vector<NodeIndex> open;
  const auto leave_before = [&](NodeIndex node) {
    for (; !open.empty() && tree[open.back()].end <= node; open.pop_back()) leave(open.back());
  };
  const auto size = static_cast<NodeIndex>(tree.nodes().size());
  for (NodeIndex node = 0; node < size;) {
    leave_before(node);
    const bool inside = enter(node) && !tree[node].is_text;
    if (inside) open.push_back(node);
    node = inside ? node + 1 : tree[node].end;
  }
  leave_before(size);
}

}  // namespace limier::extract
