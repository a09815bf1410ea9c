#pragma once

#include <string_view>

#include "limier/document_reader.h"
#include "limier/error.h"

// Standard error: messages, and the progress line below them.
namespace limier::tools {

/// Prints `limier: message`.
void complain(std::string_view message);

/// Prints `limier: FILE:LINE: message`.
void complain(const ReadProblem& problem);

/// Prints the error and, below the query, a caret at the byte where it cannot be parsed.
void complain(const Error& syntax_error, std::string_view query);

/// Shows a line that the next one overwrites; on a terminal only, and not more often than an eye can follow.
void show_progress(std::string_view line);

void clear_progress();

}  // namespace limier::tools
