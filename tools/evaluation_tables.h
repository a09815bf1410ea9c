#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "evaluation.h"

// The figures of an evaluation in the forms that people and programs read. Empty cells and nulls are what cannot be
// said.
namespace limier::tools {

/// A line for each measure of each run, for people.
std::string text_table(const Evaluation& evaluation);

/// The same with every figure, to the last digit.
std::string csv_table(const Evaluation& evaluation);

/// A line for each run, a column for each measure, the best mean bold, for \usepackage{booktabs}. A dagger marks what
/// differs from the baseline by the randomisation test with p < .05 after Holm's correction.
std::string latex_table(const Evaluation& evaluation);

/// docs/json.md describes it.
nlohmann::ordered_json to_json(const Evaluation& evaluation, bool per_topic);

/// A line for each topic and run.
std::string text_topics(const Evaluation& evaluation);
std::string csv_topics(const Evaluation& evaluation);

/// A p value for people: `0.0312`, `<0.0001`, `–`.
std::string p_text(double p);

/// A signed figure for people: `+0.0123`, `–` for NaN.
std::string signed_text(double value);

}  // namespace limier::tools
