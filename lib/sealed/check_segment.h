#pragma once

#include <string>
#include <vector>

#include "limier/message.h"

namespace limier::sealed {

/// What is wrong with a segment; nothing for one that is whole. Reads all of it. Throws as Segment does where the file
/// cannot be opened.
std::vector<Message> check_segment(const std::string& path);

}  // namespace limier::sealed
