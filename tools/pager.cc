#include "pager.h"

#include <csignal>
#include <cstdlib>

namespace limier::tools {
namespace {

/// Nothing is lost where less is not installed.
constexpr const char* usual_pager = "if command -v less > /dev/null; then exec less -FRX; else exec cat; fi";

}  // namespace

std::string pager_command() {
  for (const char* name : {"LIMIER_PAGER", "PAGER"}) {
    if (const char* command = std::getenv(name)) return std::string(command) == "cat" ? "" : command;
  }
  return usual_pager;
}

Process start_pager(const std::string& command) {
  Process pager(popen(command.c_str(), "w"));
  if (pager) std::signal(SIGINT, SIG_IGN);
  return pager;
}

}  // namespace limier::tools
