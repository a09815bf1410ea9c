#include "explanation.h"

#include <fmt/format.h>

#include <utility>

#include "names.h"
#include "terminal.h"
#include "translate.h"

namespace limier::tools {
namespace {

using Json = nlohmann::ordered_json;

/// Numbers that add up have all their digits, those that people choose as few as they need.
std::string fixed(double value) { return decimal(fmt::format("{:.4f}", value)); }
std::string brief(double value) { return decimal(fmt::format("{:.4g}", value)); }

/// `pech ×3, pech in title ×1 (each counts 2)`
std::string format_terms(const std::vector<ScoreShare::Term>& terms) {
  std::string text;
  for (const ScoreShare::Term& term : terms) {
    if (!text.empty()) text += ", ";
    text += printable_line(term.text);
    if (!term.field.empty()) text = tr("{} in {}", text, local_name(term.field));
    text += fmt::format(" ×{}", term.count);
    if (term.times != 1) text += tr(" (each counts {})", brief(term.times));
  }
  return text;
}

std::string format_line(const ScoreShare& share) {
  std::string line = fixed(share.score) + ' ' + translated(share.kind);
  if (!share.label.empty()) line += ' ' + printable_line(share.label);
  if (!share.field.empty()) line = tr("{} in {}", line, local_name(share.field));
  if (!share.terms.empty()) line += ' ' + format_terms(share.terms);
  if (share.weight == 0 || !share.parts.empty()) return line;
  if (share.kind == "freshness")
    return line +
           tr(" = weight {} × score {} × {} left", brief(share.weight), fixed(share.idf), fixed(share.saturation));
  return line + tr(" = weight {} × idf {} × saturation {} of frequency {}", brief(share.weight), fixed(share.idf),
                   fixed(share.saturation), brief(share.frequency));
}

std::string indented(std::size_t depth, const std::string& line) { return std::string(2 * depth, ' ') + line + '\n'; }

}  // namespace

std::string format_plan(const std::vector<PlanLine>& plan) {
  std::string text;
  for (const PlanLine& line : plan) text += indented(line.depth, printable_line(translated(line.text)));
  return text;
}

std::string plan_to_json(const std::vector<PlanLine>& plan) {
  std::string text;
  for (const PlanLine& line : plan) text += indented(line.depth, line.text.text);
  return text;
}

std::string format_share(const ScoreShare& share, std::size_t indent) {
  std::string text = std::string(indent, ' ') + format_line(share) + '\n';
  for (const ScoreShare& part : share.parts) text += format_share(part, indent + 2);
  return text;
}

Json share_to_json(const ScoreShare& share) {
  Json json = {{"kind", share.kind}, {"score", share.score}};
  if (!share.label.empty()) json["label"] = share.label;
  if (!share.field.empty()) json["field"] = share.field;
  if (share.weight > 0) {
    json["weight"] = share.weight;
    json["idf"] = share.idf;
    json["frequency"] = share.frequency;
    json["saturation"] = share.saturation;
  }
  for (const ScoreShare::Term& term : share.terms) {
    json["terms"].push_back({{"text", term.text}, {"field", term.field}, {"count", term.count}, {"times", term.times}});
  }
  for (const ScoreShare& part : share.parts) json["parts"].push_back(share_to_json(part));
  return json;
}

}  // namespace limier::tools
