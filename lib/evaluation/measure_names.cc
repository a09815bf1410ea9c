#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "limier/error.h"
#include "limier/evaluation.h"
#include "text/ascii.h"
#include "text/message.h"

namespace limier {
namespace {

using Kind = Measure::Kind;

enum class At { Never, Maybe, Always };

struct Name {
  std::string_view text;
  Kind kind;
  At at = At::Never;  ///< Whether `@` and a number stand behind.
  bool rel = true;    ///< Whether it asks from which degree on a document is relevant.
};

/// The first name of a kind is the one that is written.
constexpr std::array names = {
    Name{"nDCG", Kind::NDCG, At::Maybe, false},
    Name{"AP", Kind::AP, At::Maybe},
    Name{"RR", Kind::RR, At::Maybe},
    Name{"P", Kind::P, At::Always},
    Name{"R", Kind::R, At::Always},
    Name{"Success", Kind::Success, At::Always},
    Name{"Rprec", Kind::Rprec},
    Name{"Bpref", Kind::Bpref},
    Name{"RBP", Kind::RBP, At::Maybe},
    Name{"Judged", Kind::Judged, At::Maybe, false},
    Name{"IPrec", Kind::IPrec, At::Always},
    Name{"NDCG", Kind::NDCG, At::Maybe, false},
    Name{"MAP", Kind::AP, At::Maybe},
    Name{"MRR", Kind::RR, At::Maybe},
    Name{"BPref", Kind::Bpref},
};

template <typename Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

/// `rel=2` or `p=0.5`.
bool read_parameter(std::string_view text, const Name& name, Measure& measure) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view key = trimmed(text.substr(0, equals));
  const std::string_view value = trimmed(text.substr(equals + 1));
  if (key == "rel") return name.rel && read_number(value, measure.rel) && measure.rel >= 1;
  return key == "p" && measure.kind == Kind::RBP && read_number(value, measure.p) && measure.p > 0 && measure.p < 1;
}

bool read_parameters(std::string_view text, const Name& name, Measure& measure) {
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (!read_parameter(text.substr(0, comma), name, measure)) return false;
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return true;
}

bool read_at(std::string_view text, const Name& name, Measure& measure) {
  if (text.empty()) return name.at != At::Always;
  if (!text.starts_with('@') || name.at == At::Never) return false;
  text.remove_prefix(1);
  if (measure.kind == Kind::IPrec) {
    return read_number(text, measure.recall) && measure.recall >= 0 && measure.recall <= 1;
  }
  return read_number(text, measure.cutoff) && measure.cutoff > 0;
}

/// None for what is no measure.
std::optional<Measure> read_measure(std::string_view text) {
  const std::size_t end = std::min(text.find_first_of("(@"), text.size());
  const auto name =
      std::find_if(names.begin(), names.end(), [&](const Name& known) { return known.text == text.substr(0, end); });
  if (name == names.end()) return std::nullopt;
  text.remove_prefix(end);
  Measure measure{.kind = name->kind};
  if (text.starts_with('(')) {
    const std::size_t close = text.find(')');
    if (close == std::string_view::npos || !read_parameters(text.substr(1, close - 1), *name, measure)) {
      return std::nullopt;
    }
    text.remove_prefix(close + 1);
  }
  if (!read_at(text, *name, measure)) return std::nullopt;
  return measure;
}

/// Cuts the first measure off; the spaces within parentheses are its own.
std::string_view take_first(std::string_view& text) {
  std::size_t end = 0;
  for (bool inside = false; end < text.size() && (inside || !is_ascii_space(text[end])); ++end) {
    if (text[end] == '(') inside = true;
    if (text[end] == ')') inside = false;
  }
  const std::string_view first = text.substr(0, end);
  text.remove_prefix(end);
  return first;
}

}  // namespace

std::vector<Measure> parse_measures(std::string_view text) {
  std::vector<Measure> measures;
  do {
    text = trimmed(text);
    const std::string_view first = take_first(text);
    const std::optional<Measure> measure = read_measure(first);
    if (!measure) {
      throw Error(ErrorCode::InvalidArgument,
                  message("'{}' is no measure; there are nDCG@10, AP, RR, P@10, R@100, Success@10, Rprec, Bpref, "
                          "RBP(p=0.8), Judged@10 and IPrec@0.1, nDCG to RR, RBP and Judged with @ or without; (rel=2) "
                          "behind a name counts documents as relevant from degree 2 on",
                          first));
    }
    measures.push_back(*measure);
  } while (!trimmed(text).empty());
  return measures;
}

std::string to_string(const Measure& measure) {
  const Name& name =
      *std::find_if(names.begin(), names.end(), [&](const Name& known) { return known.kind == measure.kind; });
  const Measure defaults;
  std::string parameters;
  // ir_measures takes an RBP without `rel` for one of degrees.
  if (measure.kind == Kind::RBP || measure.rel != defaults.rel) parameters += fmt::format("rel={}", measure.rel);
  if (measure.p != defaults.p) parameters += fmt::format(",p={}", measure.p);
  std::string text(name.text);
  if (!parameters.empty()) text += '(' + parameters + ')';
  if (measure.kind == Kind::IPrec) return text + fmt::format("@{}", measure.recall);
  return measure.cutoff == 0 ? text : text + fmt::format("@{}", measure.cutoff);
}

}  // namespace limier
