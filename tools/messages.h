#pragma once

#include <cstddef>
#include <string_view>

#include "limier/document_reader.h"
#include "limier/error.h"

// Standard error: messages, and the progress line below them.
namespace limier::tools {

/// Prints `limier: message`; of a line of standard input `limier: -:LINE: message`.
void complain(std::string_view message, std::size_t input_line = 0);

/// Prints `limier: FILE:LINE: message`.
void complain(const ReadProblem& problem);

/// Prints the error and, where it has an offset, the query with a caret below the byte where it cannot be parsed.
void complain(const Error& error, std::string_view query, std::size_t input_line = 0);

/// Shows a line that the next one overwrites; on a terminal only, and not more often than an eye can follow.
void show_progress(std::string_view line);

void clear_progress();

}  // namespace limier::tools
