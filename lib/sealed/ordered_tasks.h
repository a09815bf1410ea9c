#pragma once

#include <deque>
#include <functional>
#include <future>
#include <utility>

namespace limier::sealed {

/// Does tasks side by side, at most so many as there are threads, and hands their results on in the order of the tasks;
/// with one thread, on the caller's own. Throws what a task throws when its result is due.
/// Thread rule: one thread at a time.
template <typename Result>
class OrderedTasks {
 public:
  OrderedTasks(unsigned threads, std::function<void(Result)> receive)
      : threads_(threads), receive_(std::move(receive)) {}

  template <typename Task>
  void start(Task task) {
    if (running_.size() >= threads_) receive_first();
    running_.push_back(std::async(threads_ > 1 ? std::launch::async : std::launch::deferred, std::move(task)));
  }

  /// Hands on all that is left.
  void finish() {
    while (!running_.empty()) receive_first();
  }

 private:
  void receive_first() {
    std::future<Result> first = std::move(running_.front());
    running_.pop_front();
    receive_(first.get());
  }

  unsigned threads_;
  std::function<void(Result)> receive_;
  std::deque<std::future<Result>> running_;
};

}  // namespace limier::sealed
