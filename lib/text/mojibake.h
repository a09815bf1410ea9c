#pragma once

#include <string>

namespace limier {

/// Mends UTF-8 that was taken for windows-1252 and encoded again, up to three times over: `dÃ©jÃ ` becomes `déjà`,
/// `lâ€™Ã‰tat` becomes `l’État`. Nothing is changed unless such sequences stand inside words, and are not just quoted
/// in a text whose accents are right otherwise. REQUIRES valid UTF-8.
void repair_double_encoding(std::string& text);

}  // namespace limier
