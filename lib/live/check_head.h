#pragma once

#include <string>
#include <vector>

#include "limier/message.h"

namespace limier::live {

/// What Xapian finds damaged in the database of a head; nothing for one that is whole. REQUIRES that nobody writes.
std::vector<Message> check_head(const std::string& path);

}  // namespace limier::live
