#include "extract/html_tree.h"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <utility>

namespace limier::extract {
namespace {

constexpr std::size_t deepest = 512;

// A tag as far as the counting of depths needs it.
struct Tag {
  std::size_t begin = std::string_view::npos;  // npos: there is no further tag
  std::size_t end = 0;
  std::string name;
  bool closes = false;
  bool closes_itself = false;
};

// Elements without an end tag, or whose end tag is left out as a rule, do not make a page deep.
bool may_nest(std::string_view name) {
  constexpr std::string_view flat[] = {"area",  "base",  "br",   "col",   "dd",     "dt",    "embed", "hr",     "img",
                                       "input", "li",    "link", "meta",  "option", "p",     "param", "source", "tbody",
                                       "td",    "tfoot", "th",   "thead", "tr",     "track", "wbr"};
  return std::find(std::begin(flat), std::end(flat), name) == std::end(flat);
}

Tag next_tag(std::string_view html, std::size_t at) {
  constexpr std::size_t longest_name = 16;
  Tag tag;
  while ((at = html.find('<', at)) != std::string_view::npos) {
    std::size_t end = at + 1;
    tag.closes = html.substr(end, 1) == "/";
    if (tag.closes) ++end;
    tag.name.clear();
    for (; end < html.size() && tag.name.size() < longest_name; ++end) {
      const char c = html[end];
      const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      if (!((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9'))) break;
      tag.name += lower;
    }
    if (tag.name.empty()) {
      ++at;
      continue;
    }
    const std::size_t close = html.find('>', end);
    tag.begin = at;
    tag.end = close == std::string_view::npos ? html.size() : close + 1;
    tag.closes_itself = html.substr(0, tag.end).ends_with("/>");
    return tag;
  }
  return tag;
}

// The elements that are open, as far as tags tell without a parser.
class OpenElements {
 public:
  std::size_t depth() const { return names_.size(); }
  void open(const std::string& name) { names_.push_back(name); }

  // Closes the nearest element of this name and what was left open in it. One that is far, or that never was opened,
  // closes nothing: in `<font color=1></x><font color=2></x>` the depth grows.
  void close(const std::string& name) {
    constexpr std::size_t furthest = 64;
    const std::size_t lowest = names_.size() - std::min(names_.size(), furthest);
    for (std::size_t i = names_.size(); i-- > lowest;) {
      if (names_[i] != name) continue;
      names_.resize(i);
      return;
    }
  }

 private:
  std::vector<std::string> names_;
};

// The parser compares each attribute of a tag with all others.
bool has_too_many_attributes(std::string_view tag) {
  constexpr std::ptrdiff_t most = 5000;
  return tag.size() > most && std::count_if(tag.begin(), tag.end(), [](char c) {
                                return c == ' ' || c == '=' || c == '\n' || c == '\t';
                              }) > most;
}

}  // namespace

std::string limit_nesting(std::string_view html, std::size_t most) {
  std::string kept;
  OpenElements open;
  std::string raw;  // inside <script> or <style>, where tags are none
  std::size_t copied = 0;
  for (Tag tag = next_tag(html, 0); tag.begin != std::string_view::npos; tag = next_tag(html, tag.end)) {
    if (!raw.empty() && !(tag.closes && tag.name == raw)) continue;
    raw = !tag.closes && (tag.name == "script" || tag.name == "style") ? tag.name : std::string();
    bool cut = has_too_many_attributes(html.substr(tag.begin, tag.end - tag.begin));
    if (may_nest(tag.name) && !tag.closes_itself) {
      cut = cut || (tag.closes ? open.depth() > most : open.depth() >= most);
      if (tag.closes) {
        open.close(tag.name);
      } else {
        open.open(tag.name);
      }
    }
    if (!cut) continue;
    kept.append(html.substr(copied, tag.begin - copied));
    copied = tag.end;
  }
  kept.append(html.substr(copied));
  return kept;
}

class HtmlTree::Arena {
 public:
  Arena() = default;
  ~Arena() {
    for (void* chunk : chunks_) std::free(chunk);
  }
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  static void* allocate(void* arena, std::size_t size) { return static_cast<Arena*>(arena)->allocate(size); }
  static void release(void*, void*) {}  // all at once, in the destructor

 private:
  void* allocate(std::size_t size) {
    constexpr std::size_t alignment = alignof(std::max_align_t);
    constexpr std::size_t chunk_size = 256 * 1024;
    size = (size + alignment - 1) / alignment * alignment;
    if (size > left_) {
      left_ = std::max(size, chunk_size);
      next_ = static_cast<char*>(std::malloc(left_));
      if (next_ == nullptr) std::abort();  // the parser, in C, cannot be told
      chunks_.push_back(next_);
    }
    void* taken = next_;
    next_ += size;
    left_ -= size;
    return taken;
  }

  std::vector<void*> chunks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

HtmlTree::HtmlTree(std::string html) : arena_(std::make_unique<Arena>()), html_(std::move(html)) {
  html_ = limit_nesting(html_, deepest);
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &Arena::allocate;
  options.deallocator = &Arena::release;
  options.userdata = arena_.get();
  options.max_errors = 0;
  output_ = gumbo_parse_with_options(&options, html_.data(), html_.size());
}

HtmlTree::~HtmlTree() = default;

const GumboNode& HtmlTree::root() const { return *output_->root; }

std::string_view attribute(const GumboNode& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.v.element.attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

std::string inner_text(const GumboNode& node) {
  std::string text;
  walk(
      node,
      [&](const GumboNode& child) {
        if (is_text(child)) text += text_of(child);
        return true;
      },
      [](const GumboNode&) {});
  return text;
}

}  // namespace limier::extract
