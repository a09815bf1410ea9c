#include "live/check_head.h"

#include <xapian.h>

#include "text/message.h"

namespace limier::live {

std::vector<Message> check_head(const std::string& path) {
  try {
    const std::size_t errors = Xapian::Database::check(path);
    if (errors == 0) return {};
    return {message("{}: the head is damaged, Xapian finds {} errors; xapian-check shows them", path, errors)};
  } catch (const Xapian::Error& error) {
    return {message("{}: the head is damaged ({})", path, error.get_msg())};
  }
}

}  // namespace limier::live
