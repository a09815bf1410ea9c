#pragma once

namespace limier::tools {

/// From here on the first SIGINT or SIGTERM does not end the process, so that work can be brought to a whole; the
/// second one does.
void hold_interrupts();

/// The number of the signal that came, or 0.
int interrupt();

}  // namespace limier::tools
