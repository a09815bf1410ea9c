#include "container/formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "container/json_lines.h"
#include "container/mediawiki.h"
#include "container/page.h"
#include "container/trec.h"
#include "container/warc.h"
#include "text/ascii.h"
#include "text/encoding.h"
#include "text/message.h"
#ifdef LIMIER_PDF
#include "container/pdf.h"
#endif
#ifdef LIMIER_ZIM
#include "container/zim.h"
#endif

namespace limier::container {
namespace {

#ifdef LIMIER_PDF
constexpr auto* open_pdf_or_none = open_pdf;
#else
constexpr std::unique_ptr<Container> (*open_pdf_or_none)(Source) = nullptr;
#endif
#ifdef LIMIER_ZIM
constexpr auto* open_zim_or_none = open_zim;
#else
constexpr std::unique_ptr<Container> (*open_zim_or_none)(Source) = nullptr;
#endif

constexpr std::size_t marks_stand_within = 2048;  // bytes

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool begins_json_object(std::string_view text) {
  if (!text.starts_with('{')) return false;
  const std::size_t next = text.find_first_not_of(" \t\r\n", 1);
  return next != std::string_view::npos && (text[next] == '"' || text[next] == '}');
}

bool begins_html(std::string_view text) {
  if (!text.starts_with('<')) return false;
  const std::string lower = ascii_lower(text.substr(0, marks_stand_within));
  if (lower.starts_with("<?xml")) return contains(lower, "<html") || contains(lower, "xhtml");
  for (const std::string_view mark :
       {"<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<div", "<p>", "<article", "<h1"}) {
    if (contains(lower, mark)) return true;
  }
  return false;
}

bool is_zim(const Head& head) { return head.bytes.starts_with("ZIM\x04"); }

bool is_pdf(const Head& head) { return head.bytes.starts_with("%PDF-"); }

bool is_warc(const Head& head) { return head.text.starts_with("WARC/"); }

bool is_mediawiki(const Head& head) {
  return head.text.starts_with('<') && contains(head.text.substr(0, marks_stand_within), "<mediawiki");
}

// `<DOC>`, maybe below an XML declaration, a DOCTYPE and an element around all.
bool is_trec(const Head& head) {
  if (!head.text.starts_with('<')) return false;
  const std::string lower = ascii_lower(head.text.substr(0, marks_stand_within));
  return contains(lower, "<doc>") && contains(lower, "<docno>");
}

// `{` may open a broken line.
bool is_json_lines(const Head& head) {
  const bool named = head.name.ends_with(".jsonl") || head.name.ends_with(".ndjson");
  return begins_json_object(head.text) || (named && !begins_html(head.text));
}

// `<` may open a piece of a page.
bool is_html(const Head& head) {
  const bool named = head.name.ends_with(".html") || head.name.ends_with(".htm") || head.name.ends_with(".xhtml");
  return begins_html(head.text) || (named && contains(head.text, "<"));
}

bool is_anything(const Head&) { return true; }

constexpr std::array<Format, 8> all_formats = {{
    {"ZIM", {".zim"}, "libzim-dev", true, is_zim, open_zim_or_none},
    {"PDF", {".pdf"}, "libpoppler-cpp-dev", true, is_pdf, open_pdf_or_none},
    {"WARC", {".warc", ".wet"}, "", true, is_warc, open_warc},
    {"MediaWiki", {".xml"}, "", false, is_mediawiki, open_mediawiki},
    {"TREC", {".sgml", ".sgm", ".trec"}, "", false, is_trec, open_trec},
    {"JSON Lines", {".jsonl", ".ndjson"}, "", false, is_json_lines, open_json_lines},
    {"HTML", {".html", ".htm", ".xhtml"}, "", false, is_html, open_html},
    {translatable("text"), {".txt"}, "", false, is_anything, open_text},
}};

// False where there is nothing that could be text.
bool check_text(Source& source, std::string_view head) {
  if (const std::string_view kind = binary_kind(head); !kind.empty()) {
    source.report(0, message("is {}, not text", make_message(kind)));
    return false;
  }
  const bool blank = std::all_of(head.begin(), head.end(), is_ascii_space);
  if (blank && source.bytes.peek(head.size() + 1).size() == head.size()) {
    source.report(0, message("holds nothing but white space"));
    return false;
  }
  return true;
}

}  // namespace

std::span<const Format> formats() { return all_formats; }

std::string unpacked_name(std::string_view name) {
  std::string lower = ascii_lower(name);
  for (const std::string_view ending : packed_endings) {
    if (!lower.ends_with(ending)) continue;
    lower.resize(lower.size() - ending.size());
    break;
  }
  return lower;
}

std::unique_ptr<Container> open_container(Source source) {
  constexpr std::size_t enough = 8192;
  // What a pipe has given so far: a program that writes a document now and then is not waited for.
  const std::string_view bytes = source.bytes.peek(1);
  if (bytes.empty()) {
    if (source.bytes.problem().text.empty()) source.report(0, message("is empty"));
    return nullptr;
  }
  const std::string text = to_utf8(std::string(bytes.substr(0, enough))).text;
  const std::string name = unpacked_name(source.name);
  const Head head = {bytes, std::string_view(text).substr(std::min(text.find_first_not_of(" \t\r\n"), text.size())),
                     name};
  const Format& format =
      *std::find_if(all_formats.begin(), all_formats.end(), [&](const Format& each) { return each.is(head); });
  if (!format.binary && !check_text(source, bytes)) return nullptr;
  if (format.is == is_anything && head.text.starts_with("<?xml")) {
    source.report(0, message("is XML, but neither a page, a MediaWiki dump nor a TREC file"));
    return nullptr;
  }
  if (format.open == nullptr) {
    source.report(0, message("is a {} file, which this Limier cannot read: it was built without {}", format.name,
                             format.package));
    return nullptr;
  }
  return format.open(std::move(source));
}

}  // namespace limier::container
