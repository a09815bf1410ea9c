#pragma once

#include <string>

#include "evaluation.h"

namespace limier::tools {

/// A page for a browser, in the person's language, that needs nothing else: tables, and plots of precision and recall,
/// of intervals, of the differences topic by topic and of how the figures lie.
std::string evaluation_report(const Evaluation& evaluation, const std::string& title);

}  // namespace limier::tools
