#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

// Standard output. Every function throws ClosedPipe, or Error{Io} where the system refuses the text (a full disk).
namespace limier::tools {

/// Whoever read standard output has gone (`limier … | head -1`): no error, but no reason to go on.
struct ClosedPipe {};

void print(std::string_view text);

/// Prints what programs read: as it is, but to a terminal without what could steer it.
void print_data(std::string_view data);

/// From here on, what is longer than the screen goes through a pager. Nothing changes where standard output is no
/// terminal, or no pager is wanted.
void page_output();

/// Hands over what is still held back, so that what is printed elsewhere comes after it.
void flush_output();

/// Prints the value on one line.
void print_json(const nlohmann::ordered_json& value);

/// Prints a line that is JSON already.
void print_json_line(std::string_view json);

/// Hands over what is still held back, and waits for the pager; from here on nothing is held back. To be called before
/// success is claimed.
void finish_output();

}  // namespace limier::tools
