#include "extract/html_tree.h"

#include <algorithm>
#include <utility>

#include "text/ascii.h"
#include "text/entities.h"

namespace limier::extract {
namespace {

constexpr std::size_t deepest = 512;
constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

bool is_white(std::string_view text) { return std::all_of(text.begin(), text.end(), is_ascii_space); }

bool is_heading(Tag t) { return t >= tag("h1") && t <= tag("h6"); }
bool is_cell(Tag t) { return t == tag("td") || t == tag("th"); }
bool is_row_group(Tag t) { return t == tag("tbody") || t == tag("thead") || t == tag("tfoot"); }
bool is_foreign_root(Tag t) { return t == tag("svg") || t == tag("math"); }
bool has_implied_end(Tag t) { return has_trait(t, OptionalEnd) && !has_trait(t, Scope); }
// An <a> left open within these ends with them, and one outside of them is not ended within.
bool bounds_link(Tag t) { return has_trait(t, Scope) || is_foreign_root(t); }

// What end tags do not reach beyond, by what is looked for.
bool in_any_scope(Tag t) { return has_trait(t, Scope); }
bool in_button_scope(Tag t) { return has_trait(t, Scope) || t == tag("button"); }
bool in_list_scope(Tag t) { return has_trait(t, Scope) || t == tag("ul") || t == tag("ol"); }
bool in_item_scope(Tag t) { return has_trait(t, Special) && t != tag("address") && t != tag("div") && t != tag("p"); }
bool in_table_scope(Tag t) { return t == tag("table") || t == tag("template") || t == tag("html"); }

// Builds the nodes from the tokens.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view html, std::vector<HtmlNode>& nodes, std::vector<HtmlAttribute>& attributes)
      : tokenizer_(html), nodes_(nodes), attributes_(attributes) {
    HtmlToken token;
    token.tag = tag("html");
    push(token);
    while (tokenizer_.next(token)) {
      switch (token.kind) {
        case HtmlToken::Kind::Text:
          if (!is_white(token.text)) leave_head();
          add_text(token.text, false);
          break;
        case HtmlToken::Kind::StartTag:
          start(token);
          break;
        case HtmlToken::Kind::EndTag:
          end(token);
          break;
      }
    }
    while (!open_.empty()) pop();
  }

 private:
  struct OpenElement {
    NodeIndex node;
    Tag tag;
    std::string_view name;  // tells unknown elements apart
    bool in_link = false;   // it stands in <a>
    bool ended = false;     // its end tag was met within an element that is still open
  };
  using Barrier = bool (*)(Tag);

  NodeIndex add_node(HtmlNode node) {
    const auto index = static_cast<NodeIndex>(nodes_.size());
    node.end = index + 1;
    nodes_.push_back(node);
    return index;
  }

  void add_text(std::string_view text, bool raw) {
    HtmlNode node;
    node.text = text;
    node.is_text = true;
    node.is_raw = raw;
    node.in_link = link_open_;
    add_node(node);
  }

  NodeIndex add_element(const HtmlToken& token) {
    HtmlNode node;
    node.tag = token.tag;
    const NodeIndex index = add_node(node);
    set_attributes(index, token.attributes);
    return index;
  }

  void set_attributes(NodeIndex node, const std::vector<HtmlAttribute>& attributes) {
    nodes_[node].first_attribute = static_cast<std::uint32_t>(attributes_.size());
    nodes_[node].attributes = static_cast<std::uint8_t>(attributes.size());
    attributes_.insert(attributes_.end(), attributes.begin(), attributes.end());
  }

  // Adds an element and goes into it, unless that is too deep.
  void push(const HtmlToken& token) {
    if (open_.size() < deepest) {
      open_.push_back({add_element(token), token.tag, token.text, link_open_});
    } else if (!has_trait(token.tag, OptionalEnd)) {
      ++cut_;
    }
  }

  void pop() {
    const OpenElement& top = open_.back();
    nodes_[top.node].end = static_cast<NodeIndex>(nodes_.size());
    if (bounds_link(top.tag)) link_open_ = top.in_link;
    open_.pop_back();
  }

  // Ends the element at this depth and what is open in it.
  void pop_to(std::size_t depth) {
    if (depth == none) return;
    while (open_.size() > depth) pop();
    while (open_.back().ended) pop();
  }

  // The innermost open element that matches, unless there is a barrier in between.
  template <class Matches>
  std::size_t find_open(const Matches& matches, Barrier barrier) const {
    for (std::size_t i = open_.size(); i-- > 1;) {
      if (!open_[i].ended && matches(open_[i].tag)) return i;
      if (barrier(open_[i].tag)) return none;
    }
    return none;
  }
  std::size_t find_open(Tag wanted, Barrier barrier) const {
    return find_open([wanted](Tag t) { return t == wanted; }, barrier);
  }

  // Ends an element that others may overlap with: these stay open.
  void end_overlapping(std::size_t depth) {
    if (depth == none) return;
    const bool overlaps = std::any_of(open_.begin() + static_cast<std::ptrdiff_t>(depth) + 1, open_.end(),
                                      [](const OpenElement& inner) { return has_trait(inner.tag, Special); });
    if (overlaps) {
      open_[depth].ended = true;
    } else {
      pop_to(depth);
    }
  }

  void end_link() {
    const auto bound =
        std::find_if(open_.rbegin(), open_.rend(), [](const OpenElement& element) { return bounds_link(element.tag); });
    link_open_ = bound->in_link;
    end_overlapping(find_open(tag("a"), in_any_scope));
  }

  void end_form() {
    const std::size_t form = find_open(tag("form"), in_any_scope);
    if (form == none) return;
    while (has_implied_end(open_.back().tag)) pop_to(open_.size() - 1);
    end_overlapping(form);
  }

  void leave_head() {
    if (open_.back().tag == tag("head")) pop();
  }

  // Whether the innermost element is one of SVG or MathML.
  bool in_foreign() const {
    return find_open(is_foreign_root, [](Tag t) {
             return t == tag("foreignobject") || t == tag("desc") || has_trait(t, Special);
           }) != none;
  }

  void start(const HtmlToken& token) {
    if (in_foreign()) {
      if (!has_trait(token.tag, Breakout)) return start_foreign(token);
      while (in_foreign()) pop_to(find_open(is_foreign_root, [](Tag) { return false; }));
    }
    switch (token.tag) {
      case tag("html"):
        if (nodes_.front().attributes == 0) set_attributes(0, token.attributes);
        return;
      case tag("head"):
        if (nodes_.size() == 1) push(token);
        return;
      case tag("body"):
        leave_head();
        if (find_open(tag("body"), in_table_scope) == none) push(token);
        return;
      case tag("form"):  // forms do not nest
        if (find_open(tag("form"), in_table_scope) != none) return;
        break;
      case tag("select"):  // nor do selections
        if (find_open(tag("select"), in_any_scope) != none) return end(token);
        break;
      default:
        break;
    }
    if (!has_trait(token.tag, InHead)) leave_head();
    end_implied(token.tag);
    start_html(token);
  }

  void start_foreign(const HtmlToken& token) {
    if (token.closes_itself) {
      add_element(token);
    } else {
      push(token);
    }
  }

  void start_html(const HtmlToken& token) {
    if (has_trait(token.tag, Void) || (is_foreign_root(token.tag) && token.closes_itself)) {
      add_element(token);
    } else if (has_trait(token.tag, RawText)) {
      const NodeIndex element = add_element(token);
      const bool has_entities = token.tag == tag("title") || token.tag == tag("textarea");
      add_text(tokenizer_.raw_text(token), !has_entities);
      nodes_[element].end = static_cast<NodeIndex>(nodes_.size());
    } else {
      push(token);
      if (token.tag == tag("a")) link_open_ = true;
    }
  }

  // What a start tag ends of what is open.
  void end_implied(Tag t) {
    if (has_trait(t, ClosesParagraph)) pop_to(find_open(tag("p"), in_button_scope));
    const auto end_top = [this](auto matches) {
      if (matches(open_.back().tag)) pop_to(open_.size() - 1);
    };
    switch (t) {
      case tag("a"):
        return end_link();
      case tag("button"):
        return pop_to(find_open(t, in_any_scope));
      case tag("li"):
        return pop_to(find_open(t, in_item_scope));
      case tag("dd"):
      case tag("dt"):
        return pop_to(find_open([](Tag open) { return open == tag("dd") || open == tag("dt"); }, in_item_scope));
      case tag("input"):
      case tag("textarea"):
        return pop_to(find_open(tag("select"), in_any_scope));
      case tag("option"):
        return end_top([](Tag open) { return open == tag("option"); });
      case tag("optgroup"):
        end_top([](Tag open) { return open == tag("option"); });
        return end_top([](Tag open) { return open == tag("optgroup"); });
      case tag("td"):
      case tag("th"):
        return pop_to(find_open(is_cell, [](Tag open) { return in_table_scope(open) || open == tag("tr"); }));
      case tag("tr"):
        return pop_to(find_open(t, in_table_scope));
      case tag("tbody"):
      case tag("thead"):
      case tag("tfoot"):
        pop_to(find_open(tag("tr"), in_table_scope));
        return pop_to(find_open(is_row_group, in_table_scope));
      default:
        if (is_heading(t)) end_top(is_heading);
    }
  }

  void end(const HtmlToken& token) {
    const Tag t = token.tag;
    if (t == tag("br")) return start(token);
    if (has_trait(t, Void) || t == tag("html") || t == tag("body")) return;
    if (cut_ > 0 && !has_trait(t, OptionalEnd)) {
      --cut_;
      return;
    }
    if (t == tag("p") && find_open(t, in_button_scope) == none) {
      add_element(token);  // a break all the same
    } else if (t == tag("a")) {
      end_link();
    } else if (t == tag("form")) {
      end_form();
    } else if (has_trait(t, Formatting)) {
      end_overlapping(find_open(t, in_any_scope));
    } else if (t == tag("p")) {
      pop_to(find_open(t, in_button_scope));
    } else if (t == tag("li")) {
      pop_to(find_open(t, in_list_scope));
    } else if (is_heading(t)) {
      pop_to(find_open(is_heading, in_any_scope));
    } else if (is_cell(t) || is_row_group(t) || t == tag("tr") || t == tag("table") || t == tag("template")) {
      pop_to(find_open(t, in_table_scope));
    } else if (has_trait(t, Special)) {
      pop_to(find_open(t, in_any_scope));
    } else {
      pop_to(find_inline(token));
    }
  }

  std::size_t find_inline(const HtmlToken& token) const {
    for (std::size_t i = open_.size(); i-- > 1;) {
      if (!open_[i].ended && open_[i].tag == token.tag && (token.tag != 0 || open_[i].name == token.text)) return i;
      if (has_trait(open_[i].tag, Special)) return none;
    }
    return none;
  }

  HtmlTokenizer tokenizer_;
  std::vector<HtmlNode>& nodes_;
  std::vector<HtmlAttribute>& attributes_;
  std::vector<OpenElement> open_;
  std::size_t cut_ = 0;  // elements that were left out because they are too deep, and are open
  bool link_open_ = false;
};

}  // namespace

HtmlTree::HtmlTree(std::string html) : html_(std::move(html)) { TreeBuilder(html_, nodes_, attributes_); }

const HtmlAttribute* HtmlTree::find_attribute(NodeIndex node, KnownAttribute name) const {
  const std::span<const HtmlAttribute> all = attributes(node);
  const auto found = std::find_if(all.begin(), all.end(),
                                  [name](const HtmlAttribute& attribute) { return attribute.name == name.number; });
  return found == all.end() ? nullptr : &*found;
}

std::string_view HtmlTree::attribute(NodeIndex node, KnownAttribute name) const {
  const HtmlAttribute* found = find_attribute(node, name);
  return found == nullptr ? std::string_view() : found->value;
}

bool HtmlTree::has_attribute(NodeIndex node, KnownAttribute name) const {
  return find_attribute(node, name) != nullptr;
}

void HtmlTree::append_text(NodeIndex node, std::string& out) const {
  const HtmlNode& text = nodes_[node];
  if (text.is_raw || text.text.find('&') == std::string_view::npos) {
    out.append(text.text);
  } else {
    out.append(decode_html_entities(text.text));
  }
}

std::string HtmlTree::inner_text(NodeIndex node) const {
  std::string text;
  for (NodeIndex inner = node; inner < nodes_[node].end; ++inner) append_text(inner, text);
  return text;
}

}  // namespace limier::extract
