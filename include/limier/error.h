#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "limier/export.h"
#include "limier/message.h"

namespace limier {

/// What a caller can do about an Error.
enum class ErrorCode {
  InvalidArgument,  ///< The call is wrong: mend the caller.
  NotFound,         ///< No such index, file or document.
  Io,               ///< The system refused a read or a write (permissions, full disk); what was committed stands.
  Locked,           ///< Another writer holds the index: wait, or raise WriterOptions::lock_timeout.
  Corrupt,          ///< What is stored cannot be understood: repair the index, restore a copy, or index again.
  Incompatible,     ///< The index was made by another version, or is not an index of Limier.
  QuerySyntax,      ///< The query cannot be parsed; `offset()` says where.
};

/// The only exception that the library throws. `what()` is the message in English.
/// Thread rule: a value like any other.
class LIMIER_EXPORT Error : public std::runtime_error {
 public:
  Error(ErrorCode code, Message message, std::optional<std::size_t> offset = std::nullopt)
      : std::runtime_error(message.text),
        code_(code),
        message_(std::make_shared<const Message>(std::move(message))),
        offset_(offset) {}

  ErrorCode code() const noexcept { return code_; }

  /// What went wrong, ready to be translated.
  const Message& message() const noexcept { return *message_; }

  /// Byte offset into the query, for QuerySyntax; none for the other codes.
  std::optional<std::size_t> offset() const noexcept { return offset_; }

 private:
  ErrorCode code_;
  std::shared_ptr<const Message> message_;  // An exception's copy must not throw.
  std::optional<std::size_t> offset_;
};

}  // namespace limier
