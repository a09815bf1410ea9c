#pragma once

#include <string_view>

#include "limier/message.h"

namespace limier::tools {

/// What CLI11 says of a command line that it cannot read, ready to be translated; `what` itself where that is new here.
Message usage_error(std::string_view what);

}  // namespace limier::tools
