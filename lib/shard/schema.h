#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "text/message.h"

namespace limier::schema {

/// Of the head's layout, checked when an index is opened. Grows by one when an older library could misread what is
/// written.
inline constexpr int format_version = 3;

/// A field of Document whose words can be searched. Each has two families of terms:
///   'Z' + prefix + stem            with positions
///   prefix + exact_spelling(...)   without
/// Prefixes follow Xapian's conventions (https://xapian.org/docs/omega/termprefixes.html), so that its own tools can
/// read the head; words are lower case and never meet them.
struct Field {
  std::string_view name;         ///< As in Document and in queries.
  std::string_view french_name;  ///< In queries.
  std::string_view prefix;
};

/// What a query without a field searches: the title, then the body. The title's own family tells how often a word
/// stands there.
inline constexpr Field text{"text", "texte", ""};
inline constexpr Field title{translatable("title"), "titre", "S"};
inline constexpr Field author{translatable("author"), "auteur", "A"};
inline constexpr Field site{translatable("site"), "site", "H"};
inline constexpr Field section{translatable("section"), "rubrique", "XC"};
inline constexpr Field tag{translatable("tag"), "tag", "K"};
inline constexpr Field source{translatable("source"), "source", "XO"};
inline constexpr Field language{translatable("language"), "langue", "L"};

/// The fields that a query can name, in the order in which help shows them.
inline constexpr Field query_fields[] = {title, author, site, section, tag, source, language};

/// Terms that are no words: one for each document.
inline constexpr std::string_view id_prefix = "Q";        ///< + id
inline constexpr std::string_view file_prefix = "XFILE";  ///< + key of the source file
inline constexpr std::string_view has_prefix = "XHAS";    ///< + name of a field, or of one of Document::values

/// Columns, one value a document. Never renumber: they are on disk.
enum Slot : std::uint32_t {
  IdSlot = 0,           ///< Document::id
  LengthsSlot = 1,      ///< Tokens in text and in title, 8 hexadecimal digits each.
  DatesSlot = 2,        ///< First and last day that Document::date may mean, `YYYYMMDD` twice; none without a date.
  FingerprintSlot = 3,  ///< 64-bit xxHash of the stored document and its source file, 16 hexadecimal digits.
  FileSlot = 4,         ///< Key of the source file; none for documents from elsewhere.
  SketchSlot = 5,       ///< Similarity sketch of the body, 16 hexadecimal digits; none without words.
  ValuesSlot = 6,       ///< Names and values, each ended by a zero byte: of the fields but title and date, and of
                        ///< Document::values.
};

/// Keys of the head's metadata.
inline constexpr std::string_view format_key = "limier.format";      ///< format_version in decimal
inline constexpr std::string_view analyzer_key = "limier.analyzer";  ///< JSON: version and options
inline constexpr std::string_view totals_key = "limier.totals";      ///< JSON: sums over all documents
inline constexpr std::string_view segments_key = "limier.segments";  ///< JSON: the sealed segments
inline constexpr std::string_view deleted_key_prefix =
    "limier.deleted.";                                                ///< + file of a segment: its deleted documents
inline constexpr std::string_view stamp_key_prefix = "limier.file.";  ///< + key of a source file: its stamp

/// Beside the head, in the index's directory: what people wrote of words that mean the same.
inline constexpr std::string_view synonyms_file = "synonyms.txt";

/// Positions between two values of a field (two authors; title and body): no phrase reaches over them.
inline constexpr std::uint32_t value_gap = 16;

/// A ValuesSlot is such pairs, one behind the other.
inline std::string pair_of(std::string_view name, std::string_view value) {
  return std::string(name).append(1, '\0').append(value).append(1, '\0');
}

/// Calls `visit(name, value)` for each value of a ValuesSlot.
template <typename Visit>
void for_each_value(std::string_view values, Visit visit) {
  while (!values.empty()) {
    const std::size_t name_end = values.find('\0');
    const std::size_t value_end = values.find('\0', name_end + 1);
    if (value_end == std::string_view::npos) return;
    visit(values.substr(0, name_end), values.substr(name_end + 1, value_end - name_end - 1));
    values.remove_prefix(value_end + 1);
  }
}

inline std::string stem_term(const Field& field, std::string_view stem) {
  std::string term = "Z";
  return term.append(field.prefix).append(stem);
}

/// Between a folded form and the form itself.
inline constexpr char spelling_mark = '\x01';

/// The term of a very form. It begins with the folded form, so that all spellings of a word (`cote`, `côte`, `côté`)
/// stand side by side in the dictionary, and a prefix meets its words whatever their accents.
inline std::string exact_term(const Field& field, std::string_view folded, std::string_view exact) {
  std::string term(field.prefix);
  term.append(folded);
  if (folded != exact) term.append(1, spelling_mark).append(exact);
  return term;
}

/// Whether a term is an exact_term, and not of a stem or `XHAS`.
inline bool is_exact_term(std::string_view term) { return !term.starts_with('Z') && !term.starts_with(has_prefix); }

/// The form in an exact_term of `field`.
inline std::string_view exact_form(const Field& field, std::string_view term) {
  const std::size_t mark = term.find(spelling_mark);
  return mark == std::string_view::npos ? term.substr(field.prefix.size()) : term.substr(mark + 1);
}

/// The stem or the form in a term of any field.
inline std::string_view word_in(std::string_view term) {
  const std::size_t mark = term.find(spelling_mark);
  if (mark != std::string_view::npos) return term.substr(mark + 1);
  return term.substr(std::min(term.size(), term.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ")));
}

/// The field that a term of a stem or a form searches, by its name in queries: empty for title and body.
inline std::string_view field_of(std::string_view term) {
  if (term.starts_with('Z')) term.remove_prefix(1);
  const std::string_view prefix = term.substr(0, term.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
  for (const Field& field : query_fields)
    if (field.prefix == prefix) return field.name;
  return "";
}

}  // namespace limier::schema
