#pragma once

#include <gumbo.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace limier::extract {

/// Cuts the tags that would nest deeper than `most`, and those with thousands of attributes: the parser's time grows
/// with the square of both. Their text stays. A page within the limits comes back as it is.
std::string limit_nesting(std::string_view html, std::size_t most);

/// A parsed page. All its memory comes from one arena and goes with it, without a walk over the tree, which for a nest
/// of 100,000 tags would need more stack than there is. Thread rule: read by any number of threads.
class HtmlTree {
 public:
  explicit HtmlTree(std::string html);
  ~HtmlTree();
  HtmlTree(const HtmlTree&) = delete;
  HtmlTree& operator=(const HtmlTree&) = delete;

  const GumboNode& root() const;

 private:
  class Arena;
  std::unique_ptr<Arena> arena_;
  std::string html_;  // the tree points into it
  GumboOutput* output_ = nullptr;
};

inline bool is_element(const GumboNode& node) {
  return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
}
inline bool is_element(const GumboNode& node, GumboTag tag) { return is_element(node) && node.v.element.tag == tag; }
inline bool is_text(const GumboNode& node) {
  return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA;
}
inline std::string_view text_of(const GumboNode& node) { return node.v.text.text; }

/// The value of an attribute; empty where the element has none.
std::string_view attribute(const GumboNode& element, const char* name);

/// Walks the tree in document order without recursion. `enter(node)` says whether to go into the node's children,
/// `leave(node)` is called for each node that was gone into.
template <class Enter, class Leave>
void walk(const GumboNode& root, const Enter& enter, const Leave& leave) {
  struct Frame {
    const GumboNode* node;
    unsigned next_child;
  };
  std::vector<Frame> frames;
  const auto descend = [&](const GumboNode& node) {
    if (enter(node) && is_element(node)) frames.push_back({&node, 0});
  };
  descend(root);
  while (!frames.empty()) {
    Frame& frame = frames.back();
    const GumboVector& children = frame.node->v.element.children;
    if (frame.next_child < children.length) {
      descend(*static_cast<const GumboNode*>(children.data[frame.next_child++]));
      continue;
    }
    leave(*frame.node);
    frames.pop_back();
  }
}

/// All text below a node, as it stands there.
std::string inner_text(const GumboNode& node);

}  // namespace limier::extract
