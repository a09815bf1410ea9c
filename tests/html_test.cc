#include <doctest/doctest.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "extract/html_tree.h"

using limier::extract::has_trait;
using limier::extract::HtmlToken;
using limier::extract::HtmlTokenizer;
using limier::extract::HtmlTree;
using limier::extract::NodeIndex;
using limier::extract::RawText;
using limier::extract::tag;
using limier::extract::tag_descriptions;

namespace {

// The tree in a short notation: `div(p('a' br) 'b')`; text in a link has `~` before it.
std::string drawn(const std::string& html) {
  const HtmlTree tree(html);
  std::string drawing;
  const auto separate = [&] {
    if (!drawing.empty() && !drawing.ends_with('(')) drawing += ' ';
  };
  limier::extract::walk(
      tree,
      [&](NodeIndex node) {
        if (node == 0) return true;
        separate();
        if (tree[node].is_text) {
          drawing += tree[node].in_link ? "~'" : "'";
          tree.append_text(node, drawing);
          drawing += '\'';
          return false;
        }
        drawing += tree[node].tag == 0 ? "?" : tag_descriptions[tree[node].tag].name;
        if (tree[node].end == node + 1) return false;
        drawing += '(';
        return true;
      },
      [&](NodeIndex node) {
        if (node != 0) drawing += ')';
      });
  return drawing;
}

struct Row {
  std::string_view html;
  std::string_view tree;
};

template <std::size_t Count>
void check(const Row (&rows)[Count]) {
  for (const Row& row : rows) {
    CAPTURE(row.html);
    CHECK(drawn(std::string(row.html)) == row.tree);
  }
}

}  // namespace

TEST_CASE("html: tags and text") {
  const Row rows[] = {
      {"", ""},
      {"a", "'a'"},
      {"<p>a<p>b", "p('a') p('b')"},
      {"<P CLASS=x>a</P>", "p('a')"},
      {"<div/>a", "div('a')"},
      {"a<br/>b</br>c", "'a' br 'b' br 'c'"},
      {"a < b, c<3, <", "'a < b, c<3, <'"},
      {"a</>b</ p>c", "'a' 'b' 'c'"},
      {"<p title='a > b'>c", "p('c')"},
      {"<p title=\"a' > 'b\">c", "p('c')"},
      {"<p a=b/>c", "p('c')"},
      {"<mon-article>a</mon-article>b", "?('a') 'b'"},
      {"<!doctype html><?xml version='1.0'?>a", "'a'"},
      {"a<p", "'a'"},
      {"a<p class='b>c", "'a'"},
  };
  check(rows);
}

TEST_CASE("html: comments") {
  const Row rows[] = {
      {"a<!-- <p> -->b", "'a' 'b'"},
      {"a<!-->b", "'a' 'b'"},
      {"a<!--->b", "'a' 'b'"},
      {"a<!-- -- > --!>b", "'a' 'b'"},
      {"a<!-- -", "'a'"},
      {"a<!--b--->c", "'a' 'c'"},
      {"<![if !IE]>a<![endif]>", "'a'"},
      {"a<![CDATA[b]]>c", "'a' 'c'"},
  };
  check(rows);
}

TEST_CASE("html: entities, with and without their semicolon") {
  const Row rows[] = {
      {"l&#39;&eacute;t&eacute; &amp;eacute;", "'l'été &eacute;'"},
      {"l&#39&eacutet&eacute", "'l'été'"},
      {"&copy2024 AT&T R&D &inconnu; &", "'©2024 AT&T R&D &inconnu; &'"},
      {"&euro &notin; &notit;", "'&euro ∉ ¬it;'"},
      {"&lpar;&#x27;&rpar;", "'(')'"},
      {"<title>&lt;b&gt;</title>", "title('<b>')"},
      {"<script>a&amp;b</script>", "script('a&amp;b')"},
  };
  check(rows);
}

TEST_CASE("html: what holds no tags") {
  const Row rows[] = {
      {"<script>if (a<b) '<p>'</script>c", "script('if (a<b) '<p>'') 'c'"},
      {"<script>'</scripts>'</SCRIPT >c", "script(''</scripts>'') 'c'"},
      {"<script><!-- <script>a</script> --></script>b", "script('<!-- <script>a</script> -->') 'b'"},
      {"<script><!-- <script>--></script>b", "script('<!-- <script>-->') 'b'"},
      {"<script><!-- a</script>b", "script('<!-- a') 'b'"},
      {"<style>a>b{}</style>c", "style('a>b{}') 'c'"},
      {"<noscript><img></noscript>a", "noscript('<img>') 'a'"},
      {"<title>a<b></title>c", "title('a<b>') 'c'"},
      {"<textarea></p>", "textarea('</p>')"},
  };
  check(rows);
}

TEST_CASE("html: end tags that are left out") {
  const Row rows[] = {
      {"<p>a<div>b", "p('a') div('b')"},
      {"<p>a<span>b<p>c", "p('a' span('b')) p('c')"},
      {"<p><button><p>a", "p(button(p('a')))"},
      {"<ul><li>a<li>b<ul><li>c</ul>d</ul>e", "ul(li('a') li('b' ul(li('c')) 'd')) 'e'"},
      {"<ul><li>a<div>b<li>c</ul>", "ul(li('a' div('b')) li('c'))"},
      {"<dl><dt>a<dd>b<dt>c</dl>", "dl(dt('a') dd('b') dt('c'))"},
      {"<table><tr><td>a<td>b<tr><th>c</table>d", "table(tr(td('a') td('b')) tr(th('c'))) 'd'"},
      {"<table><thead><tr><td>a<tbody><tr><td>b", "table(thead(tr(td('a'))) tbody(tr(td('b'))))"},
      {"<table><tr><td><table><tr><td>a<tr><td>b</table>c", "table(tr(td(table(tr(td('a')) tr(td('b'))) 'c')))"},
      {"<select><option>a<option>b</select>c", "select(option('a') option('b')) 'c'"},
      {"<select><option>a<input>b", "select(option('a')) input 'b'"},
      {"<h1>a<h2>b</h1>c", "h1('a') h2('b') 'c'"},
      {"<form>a<form>b</form>c", "form('a' 'b') 'c'"},
      {"<head><title>a</title><p>b", "head(title('a')) p('b')"},
      {"<head>\n<meta>a", "head('\n' meta) 'a'"},
      {"<html lang=fr><head></head><body>a</body></html>b", "head body('a' 'b')"},
      {"<body>a<body>b", "body('a' 'b')"},
  };
  check(rows);
}

TEST_CASE("html: end tags in the wrong place") {
  const Row rows[] = {
      {"a</div>b</b>c</h1>", "'a' 'b' 'c'"},
      {"a</p>b", "'a' p 'b'"},
      {"<div><p>a</div>b", "div(p('a')) 'b'"},
      {"<div><span>a</div>b", "div(span('a')) 'b'"},
      {"<span><div>a</span>b</div>c", "span(div('a' 'b') 'c')"},
      {"<b><div>a</b>b</div>c", "b(div('a' 'b')) 'c'"},
      {"<table><tr><td>a</table>b</td>", "table(tr(td('a'))) 'b'"},
      {"<div><table><tr><td>a</div>b", "div(table(tr(td('a' 'b'))))"},
      {"<div><form>a<p>b</form>c</div>d", "div(form('a' p('b')) 'c') 'd'"},
      {"<form><div>a</form>b</div>c", "form(div('a' 'b')) 'c'"},
      {"<x-a><x-b>a</x-a>b", "?(?('a')) 'b'"},
      {"<ul><li><ul>a</li>b</ul>c", "ul(li(ul('a' 'b') 'c'))"},
  };
  check(rows);
}

TEST_CASE("html: links") {
  const Row rows[] = {
      {"a<a>b</a>c", "'a' a(~'b') 'c'"},
      {"<a>a<a>b</a>c", "a(~'a') a(~'b') 'c'"},
      {"<a><div>a</a>b</div>c", "a(div(~'a' 'b')) 'c'"},
      {"<p><a>a<p>b</a>c", "p(a(~'a')) p(~'b' 'c')"},
      {"<table><tr><td><a>a<td>b</table>c", "table(tr(td(a(~'a')) td('b'))) 'c'"},
      {"<a><table><tr><td>a</a>b</table>c</a>d", "a(table(tr(td(~'a' ~'b'))) ~'c') 'd'"},
  };
  check(rows);
}

TEST_CASE("html: pictures and formulas") {
  const Row rows[] = {
      {"<svg><path/><title>a</title></svg>b", "svg(? title('a')) 'b'"},
      {"<svg><g>a<p>b", "svg(?('a')) p('b')"},
      {"<svg/>a", "svg 'a'"},
      {"<svg><foreignObject><p>a</p></foreignObject></svg>b", "svg(foreignobject(p('a'))) 'b'"},
      {"<svg><style>a{}</style></svg>c", "svg(style('a{}')) 'c'"},
  };
  check(rows);
}

TEST_CASE("html: attributes, the first of a name") {
  const HtmlTree tree("<a HREF=/a class = 'b c' data-x=1 id=d/e id=f hidden rel>g</a>");
  CHECK(tree.attribute(1, "href") == "/a");
  CHECK(tree.attribute(1, "class") == "b c");
  CHECK(tree.attribute(1, "id") == "d/e");
  CHECK(tree.has_attribute(1, "hidden"));
  CHECK(tree.attribute(1, "rel").empty());
  CHECK_FALSE(tree.has_attribute(1, "itemprop"));
  CHECK(HtmlTree("<body><html lang=fr>").attribute(0, "lang") == "fr");
  CHECK(tree.inner_text(1) == "g");
}

TEST_CASE("html: what is nested too deep is left out, its contents stay") {
  std::string nest;
  for (int i = 0; i < 511; ++i) nest += "<div>";
  const auto count = [](const HtmlTree& tree) { return tree.nodes().size(); };
  CHECK(count(HtmlTree(nest + "a")) == 513);
  CHECK(count(HtmlTree(nest + "<div><b>a</b></div>")) == 513);
  const HtmlTree tree(nest + "<div><p>a<br>b</div></div>c");
  CHECK(tree.inner_text(0) == "abc");
  CHECK(tree[511].end + 1 == tree[0].end);  // the last </div> ended the 511th
}

TEST_CASE("html: whatever the page, its text is kept and its elements nest") {
  const std::vector<std::string> pieces = {
      "<p>",      "</p>",        "<div>",      "</div>",     "<a>",      "</a>",      "<b>",     "</b>",     "<table>",
      "</table>", "<tr>",        "<td>",       "</td>",      "<li>",     "<ul>",      "</ul>",   "<svg>",    "</svg>",
      "<form>",   "</form>",     "<select>",   "<option>",   "<script>", "</script>", "<title>", "</title>", "<h1>",
      "</h2>",    "<body>",      "</body>",    "<head>",     "<x-y>",    "</x-y>",    "<br>",    "<!--",     "-->",
      "<",        ">",           "&eacute;",   "a",          "é",        " ",         "\"",      "'",        "=",
      "/",        "<p class=\"", "<template>", "</template>"};
  const auto seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  std::size_t texts = 0;
  for (int page = 0; page < 20'000; ++page) {
    std::string html;
    for (std::size_t i = random() % 30; i > 0; --i) html += pieces[random() % pieces.size()];
    CAPTURE(html);
    std::string expected;
    HtmlTokenizer tokenizer(html);
    for (HtmlToken token; tokenizer.next(token);) {
      if (token.kind == HtmlToken::Kind::Text) expected += token.text;
    }
    const HtmlTree tree(html);
    std::string found;
    std::vector<NodeIndex> ends = {static_cast<NodeIndex>(tree.nodes().size())};
    bool raw = false;
    for (NodeIndex node = 0; node < tree.nodes().size(); ++node) {
      while (ends.back() <= node) ends.pop_back();
      REQUIRE(tree[node].end > node);
      REQUIRE(tree[node].end <= ends.back());
      ends.push_back(tree[node].end);
      found += tree[node].text;
      raw = raw || (!tree[node].is_text && has_trait(tree[node].tag, RawText));
    }
    if (raw) continue;  // the tokenizer alone does not know what holds no tags
    CHECK(found == expected);
    ++texts;
  }
  CHECK(texts > 1000);
}
