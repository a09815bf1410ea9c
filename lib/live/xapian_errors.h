#pragma once

#include <xapian.h>

#include <string>
#include <type_traits>

#include "limier/error.h"
#include "text/message.h"

namespace limier::live {

/// A commit beside has reused blocks that this reader's snapshot stands on: open the database anew and ask again. It
/// never leaves the library.
struct SnapshotExpired {};

/// The one place where Xapian's errors become ours. Called in a catch block; `path` is the index's.
[[noreturn]] inline void rethrow_translated(const std::string& path) {
  try {
    throw;
  } catch (const Xapian::DatabaseModifiedError&) {
    throw SnapshotExpired{};
  } catch (const Xapian::DatabaseLockError& error) {
    throw Error(ErrorCode::Locked, message("{}: another writer holds the index", path));
  } catch (const Xapian::DatabaseVersionError& error) {
    throw Error(ErrorCode::Incompatible,
                message("{}: made by another version of Xapian ({}); index the documents again with this one", path,
                        error.get_msg()));
  } catch (const Xapian::DatabaseCorruptError& error) {
    throw Error(ErrorCode::Corrupt, message("{}: the index is damaged ({})", path, error.get_msg()));
  } catch (const Xapian::DatabaseOpeningError& error) {
    throw Error(ErrorCode::Corrupt, message("{}: the index cannot be opened ({})", path, error.get_description()));
  } catch (const Xapian::InvalidArgumentError& error) {
    throw Error(ErrorCode::InvalidArgument, Message{error.get_msg(), {}});
  } catch (const Xapian::Error& error) {
    throw Error(ErrorCode::Io, message("{}: {}", path, error.get_description()));
  }
}

/// Runs `action` with Xapian's errors translated.
template <typename Action>
std::invoke_result_t<Action> translated(const std::string& path, Action&& action) {
  try {
    return action();
  } catch (const Xapian::Error&) {
    rethrow_translated(path);
  }
}

}  // namespace limier::live
