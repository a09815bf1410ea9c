#pragma once

#include <cstdio>
#include <memory>
#include <string>

namespace limier::tools {

struct CloseProcess {
  void operator()(std::FILE* process) const { pclose(process); }
};

/// A process that reads what is written; destruction waits for its end.
using Process = std::unique_ptr<std::FILE, CloseProcess>;

/// What LIMIER_PAGER names, else PAGER, else less; empty where that is empty or `cat`: no pager is wanted.
std::string pager_command();

/// Starts it. From here on an interrupt is the pager's, which may know better than to end.
Process start_pager(const std::string& command);

}  // namespace limier::tools
