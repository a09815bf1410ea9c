#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace limier::sealed {

/// Does tasks side by side, at most so many as there are threads, and hands their results on in the order of the tasks;
/// with one thread, on the caller's own. Throws what a task throws when its result is due.
/// Thread rule: one thread at a time.
template <typename Result>
class OrderedTasks {
 public:
  OrderedTasks(unsigned threads, std::function<void(Result)> receive)
      : threads_(threads), receive_(std::move(receive)) {}

  /// Tasks that nobody has begun are given up.
  ~OrderedTasks() {
    {
      const std::lock_guard lock(mutex_);
      waiting_.clear();
      ended_ = true;
    }
    changed_.notify_all();
    for (std::thread& worker : workers_) worker.join();
  }
  OrderedTasks(const OrderedTasks&) = delete;
  OrderedTasks& operator=(const OrderedTasks&) = delete;

  template <typename Task>
  void start(Task task) {
    // One more waits, so that whoever ends a task has another, although the results of those before are not due.
    if (results_.size() >= (threads_ > 1 ? threads_ + 1 : 1)) receive_first();
    std::packaged_task<Result()> packaged(std::move(task));
    results_.push_back(packaged.get_future());
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(packaged));
    }
    changed_.notify_one();
    if (threads_ > 1 && workers_.size() < threads_) workers_.emplace_back([this] { work(); });
  }

  /// Hands on all that is left.
  void finish() {
    while (!results_.empty()) receive_first();
  }

 private:
  void receive_first() {
    if (threads_ == 1) take_task()();
    std::future<Result> first = std::move(results_.front());
    results_.pop_front();
    receive_(first.get());
  }

  void work() {
    for (std::packaged_task<Result()> task = take_task(); task.valid(); task = take_task()) task();
  }

  /// None at the end.
  std::packaged_task<Result()> take_task() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
    if (waiting_.empty()) return {};
    std::packaged_task<Result()> task = std::move(waiting_.front());
    waiting_.pop_front();
    return task;
  }

  unsigned threads_;
  std::function<void(Result)> receive_;
  std::deque<std::future<Result>> results_;
  std::mutex mutex_;  // guards the next two
  std::deque<std::packaged_task<Result()>> waiting_;
  bool ended_ = false;
  std::condition_variable changed_;
  std::vector<std::thread> workers_;
};

}  // namespace limier::sealed
